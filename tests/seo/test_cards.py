"""Cards: what is on them, when they are drawn, how they are sent."""

from io import BytesIO

from PIL import Image

from community.core import brand
from community.core.files import storage
from community.questions.services import editing, solving
from community.seo import cards
from community.seo.cards import Face

FACE = Face("¿Por qué está lleno de arena el filtro, señor Muñoz?", "Resuelta", "Acme", "#17616b")


def test_a_card_is_a_picture_of_the_size_that_networks_ask_for():
    data = cards.drawn(FACE)
    picture = Image.open(BytesIO(data)).convert("RGB")
    assert picture.size == (1200, 630)
    assert picture.getpixel((5, 5)) == (0x17, 0x61, 0x6B)
    assert len(data) < 60_000


def test_titles_are_kept_inside_however_long():
    for title in ("W" * 150, "word " * 30, "x", ""):
        picture = Image.open(BytesIO(cards.drawn(Face(title, "", "Acme", "#17616b"))))
        edge = picture.convert("RGB").crop((1200 - 40, 0, 1200, 470))
        assert edge.getcolors() == [(40 * 470, (0x17, 0x61, 0x6B))]


def test_the_name_follows_from_what_is_on_it():
    names = {cards.name_of(FACE)}
    for changed in ({"title": "x"}, {"mark": ""}, {"brand": "Ada"}, {"colour": "#000000"}):
        names.add(cards.name_of(Face(**{**FACE.__dict__, **changed})))
    assert len(names) == 5


def test_what_the_font_cannot_draw_is_left_out(make):
    assert cards.face_of(make.question(title="El filtro está lleno, ¿qué hago?")).title
    assert cards.face_of(make.question(title="フィルターが砂でいっぱいです")).title == ""


def picture_of(read, address, question):
    where = read(address(question)).meta("og:image")
    return where.removeprefix("http://localhost:8000")


def test_the_worker_draws_it_and_it_is_sent_for_ever(make, read, address, client, run_jobs):
    question = make.question(title="Why does the worker draw this one?")
    where = picture_of(read, address, question)
    assert client.get(where).status_code == 404
    run_jobs()
    answer = client.get(where)
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert read(address(question)).meta("twitter:card") == "summary_large_image"
    assert read(address(question)).meta("og:image:width") == "1200"


def test_a_solved_question_has_another_one(make, read, address, client, run_jobs):
    question = make.question(lang="es")
    answer = make.answer(question)
    run_jobs()
    old = picture_of(read, address, question)
    solving.accept(question.author, question, answer)
    run_jobs()
    new = picture_of(read, address, question)
    assert new != old
    assert client.get(new).status_code == 200
    assert client.get(old).headers["Location"] == new
    assert cards.face_of(make.fresh(question)).mark == "Resuelta"


def test_what_is_not_public_shows_no_card(make, read, address, client, run_jobs):
    question = make.question()
    run_jobs()
    where = picture_of(read, address, question)
    editing.delete(question.author, question)
    assert client.get(where).status_code == 410


def test_nothing_is_drawn_twice(make, run_jobs):
    question = make.question()
    run_jobs()
    assert storage().exists(cards.name_of(cards.face_of(question)))
    assert not cards.make(question)
    make.set(brand.NAME, "Another brand")
    assert cards.make(question)
