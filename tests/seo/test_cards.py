"""Cards: what is on them, when they are drawn, how they are sent."""

from io import BytesIO

from PIL import Image
from sqlalchemy import func, select

from community.core import brand
from community.core.db import db
from community.core.files import storage
from community.core.job_rows import Job
from community.questions.services import editing, solving
from community.seo import cards, reactions
from community.seo.cards import Face
from community.seo.services import cards as services

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
    assert client.get(where).status_code == 302
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


def drawn_names():
    return set(storage().names())


def test_a_card_that_was_never_drawn_is_drawn_when_somebody_asks(
    make, read, address, client, run_jobs
):
    """As after an import, or when the brand has another colour."""
    question = make.question()
    run_jobs()
    make.set(brand.COLOUR, "#123456")
    where = picture_of(read, address, question)
    for _ in range(3):
        missed = client.get(where)
        assert (missed.status_code, missed.headers["Cache-Control"]) == (302, "no-store")
    assert db.session.scalar(select(func.count()).where(Job.name == services.DRAW)) == 1
    assert client.get(missed.location).location == "/favicon.ico"
    run_jobs()
    assert client.get(where).status_code == 200
    stands_in = client.get(missed.location)
    assert (stands_in.status_code, stands_in.mimetype) == (200, "image/png")


def test_the_card_of_the_forum_is_drawn_before_anybody_asks(client, make):
    reactions.draw_card_of_brand()
    first = f"/cards/{cards.name_of(cards.face_of_brand())}"
    assert client.get(first).headers["Cache-Control"].endswith("immutable")
    make.set(brand.NAME, "Another brand")
    reactions.draw_card_of_brand()
    second = client.get(first).location
    assert second != first
    assert client.get(second).status_code == 200


def test_each_night_goes_on_where_the_last_one_stopped(make, monkeypatch):
    monkeypatch.setattr(reactions, "CARDS_A_NIGHT", 2)
    questions = [make.question(title=f"Number {number}") for number in range(5)]
    for each in questions:
        each.indexable_since = each.created_at
        make.keep(each)
    names = [cards.name_of(cards.face_of(each)) for each in questions]
    for expected in (names[3:], names[1:], names):
        reactions.draw_cards()
        assert drawn_names() == set(expected)
    make.set(brand.NAME, "Another brand")
    reactions.draw_cards()
    newest = {cards.name_of(cards.face_of(each)) for each in questions[3:]}
    assert drawn_names() == set(names) | newest
