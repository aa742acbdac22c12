"""Asking, step by step, without script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import db
from community.members import passwords
from community.questions import queries
from community.questions.models import Draft, Question, QuestionKind
from community.questions.services import drafting
from tests.factories import PASSWORD, keep

TITLE = "The kettle drips after every use"
BODY = "I fill it, it boils, and then **water drips** from below."
FORM = {"title": TITLE, "body": BODY, "tags": "", "kind": "question", "lang": "en"}


@pytest.fixture
def kettle(make):
    """A product with topics in two levels, and another one beside it."""
    make.product("Toaster")
    product = make.product("Kettle One")
    care = make.topic(product, "Care")
    descaling = make.topic(product, "Descaling")
    descaling.parent_id = care.id
    keep(descaling)
    return product


@pytest.fixture
def plain(make):
    """A product without topics, and another one beside it."""
    make.product("Toaster")
    return make.product("Mug")


@pytest.fixture
def ann(make):
    return make.member("ann", joined_at=clock.now() - timedelta(days=30))


def questions():
    return db.session.scalars(select(Question).order_by(Question.id)).all()


def test_first_a_guest_chooses_the_product(client, kettle):
    page = client.get("/questions/new")
    assert page.status_code == 200
    assert 'href="/questions/new/kettle-one"' in page.text
    assert 'href="/questions/new/toaster"' in page.text


def test_then_the_topic_in_two_levels_or_none(client, kettle):
    page = client.get("/questions/new/kettle-one").text
    assert 'href="/questions/new/kettle-one/care"' in page
    assert 'href="/questions/new/kettle-one/descaling"' in page
    assert 'href="/questions/new/kettle-one/none"' in page
    assert page.index("care") < page.index("descaling")


@pytest.mark.parametrize("address", ["kettle-one/care", "kettle-one?topic=care", "kettle-one/none"])
def test_then_the_form(client, kettle, address):
    page = client.get(f"/questions/new/{address}")
    assert page.status_code == 200
    assert 'name="title"' in page.text


def test_a_product_without_topics_leads_straight_to_the_form(client, plain):
    assert 'name="title"' in client.get("/questions/new/mug").text


def test_the_only_product_need_not_be_chosen(client, make):
    make.product("Mug")
    answer = client.get("/questions/new?kind=idea")
    assert (answer.status_code, answer.location) == (302, "/questions/new/mug?kind=idea")


def test_without_products_it_says_so(client):
    page = client.get("/questions/new")
    assert page.status_code == 200
    assert "no product to ask about yet" in page.text


@pytest.mark.parametrize("address", ["nothing", "nothing/care", "kettle-one/nothing"])
def test_what_does_not_exist_cannot_be_asked_about(client, kettle, address):
    assert client.get(f"/questions/new/{address}").status_code == 404


def test_a_product_that_was_archived_takes_no_questions(client, log_in, kettle, ann):
    kettle.archived_at = clock.now()
    keep(kettle)
    assert client.get("/questions/new/kettle-one/care").status_code == 404
    assert log_in(ann).post("/questions/new/kettle-one/care", data=FORM).status_code == 404


def test_a_member_asks(log_in, kettle, ann):
    form = FORM | {"tags": "Water, #leak , water", "kind": "complaint", "lang": "es"}
    answer = log_in(ann).post("/questions/new/kettle-one/care", data=form)
    [question] = questions()
    assert answer.status_code == 303
    assert answer.location == f"/questions/{question.id}/{question.slug}"
    assert (question.title, question.body, question.lang) == (TITLE, BODY, "es")
    assert "<strong>water drips</strong>" in question.body_html
    assert question.purpose == QuestionKind.COMPLAINT
    assert question.author_id == ann.id
    assert sorted(tag.slug for tag in queries.tags_of(question)) == ["leak", "water"]


def test_the_question_belongs_to_its_product_and_topic(log_in, kettle, ann):
    log_in(ann).post("/questions/new/kettle-one/descaling", data=FORM)
    log_in(ann).post("/questions/new/kettle-one/none", data=FORM | {"title": TITLE + " again"})
    first = questions()[0]
    assert (first.product_id, first.topic_id is None) == (kettle.id, False)


def test_a_question_may_have_no_topic(log_in, kettle, ann):
    log_in(ann).post("/questions/new/kettle-one/none", data=FORM)
    assert questions()[0].topic_id is None


@pytest.mark.parametrize(
    "wrong",
    [
        ("title", "", "one sentence"),
        ("title", "   ", "one sentence"),
        ("title", "Too short", "between 15 and 150"),
        ("title", "x" * 151, "between 15 and 150"),
        ("title", "1234567890 !?!?!?!?", "in words"),
        ("body", "Too short", "between 20 and 30000"),
        ("body", "x" * 30_001, "between 20 and 30000"),
        ("tags", "one, two, three, four, five, six", "up to five"),
        ("tags", "a sentence that is much longer than any tag should ever be", "word or two"),
        ("kind", "announcement", "Please choose one of these"),
        ("lang", "tlh", "Please choose one of these"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(log_in, plain, ann, wrong):
    field, text, said = wrong
    form = FORM | {"tags": "leak"} | {field: text}
    page = log_in(ann).post("/questions/new/mug", data=form)
    assert page.status_code == 422
    assert said in page.text
    assert 'class="error-summary"' in page.text
    assert questions() == []
    for name in {"title", "body", "tags"} - {field}:
        assert form[name].replace("**", "**") in page.text
    if text.strip() and field in {"title", "body", "tags"}:
        assert text in page.text


def test_only_staff_announce(log_in, plain, make):
    staff = make.staff("sam")
    page = log_in(staff).get("/questions/new/mug?kind=announcement").text
    assert '<option selected value="announcement">' in page
    log_in(staff).post("/questions/new/mug", data=FORM | {"kind": "announcement"})
    assert questions()[0].purpose == QuestionKind.ANNOUNCEMENT


def test_the_kind_of_the_address_is_chosen_and_carried_along(client, kettle):
    assert "/questions/new/kettle-one?kind=idea" in client.get("/questions/new?kind=idea").text
    page = client.get("/questions/new/kettle-one/care?kind=idea").text
    assert '<option selected value="idea">' in page


def test_the_language_of_the_reader_is_chosen(client, plain):
    spanish = client.get("/questions/new/mug", headers={"Accept-Language": "es"}).text
    assert '<option selected value="es">' in spanish
    assert '<option selected value="en">' in client.get("/questions/new/mug").text


def test_sending_twice_asks_once(log_in, plain, ann):
    form = FORM | {"submission_key": "one-form"}
    first = log_in(ann).post("/questions/new/mug", data=form)
    second = log_in(ann).post("/questions/new/mug", data=form)
    assert len(questions()) == 1
    assert first.location == second.location


def test_a_suspended_member_asks_nothing(log_in, plain, make):
    closed = make.member("zoe", suspended_at=clock.now())
    answer = log_in(closed).post("/questions/new/mug", data=FORM)
    assert answer.status_code in {303, 403}
    assert questions() == []


def test_a_guest_who_sends_logs_in_and_finds_the_text_again(client, log_in, plain, ann):
    form = FORM | {"tags": "leak", "kind": "idea", "lang": "es"}
    answer = client.post("/questions/new/mug?kind=idea", data=form)
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=")
    assert questions() == []
    page = log_in(ann).get("/questions/new/mug?kind=idea").text
    assert TITLE in page
    assert BODY in page
    assert 'value="leak"' in page
    assert '<option selected value="idea">' in page
    assert '<option selected value="es">' in page


def test_preview_shows_the_text_and_posts_nothing(log_in, plain, ann):
    page = log_in(ann).post("/questions/new/mug", data=FORM | {"act": "preview"})
    assert page.status_code == 200
    assert "<strong>water drips</strong>" in page.text
    assert BODY in page.text
    assert questions() == []


def test_a_draft_is_kept_restored_and_discarded(log_in, plain, ann):
    visitor = log_in(ann)
    saved = visitor.post("/questions/new/mug", data=FORM | {"title": "Half a", "act": "save"})
    assert (saved.status_code, saved.location) == (303, "/questions/new/mug")
    page = visitor.get("/questions/new/mug").text
    assert 'value="Half a"' in page
    assert BODY in page
    assert "draft that you began" in page
    assert "Half a" in visitor.get("/questions/new").text
    visitor.post("/questions/new/mug", data=FORM | {"act": "discard"})
    page = visitor.get("/questions/new/mug").text
    assert "Half a" not in page
    assert "draft that you began" not in page


def test_saving_an_empty_form_keeps_no_draft(log_in, plain, ann):
    empty = FORM | {"title": " ", "body": "", "act": "save"}
    log_in(ann).post("/questions/new/mug", data=empty)
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_posting_forgets_the_draft(log_in, plain, ann):
    drafting.keep_draft(ann, "questions.new", {"title": "Half a question"})
    log_in(ann).post("/questions/new/mug", data=FORM)
    assert queries.fields_of_draft(ann, "questions.new") == {}


def test_the_form_takes_few_statements(log_in, kettle, ann, count_queries):
    address = "/questions/new/kettle-one/care"
    visitor = log_in(ann)
    visitor.get(address)
    with count_queries() as sql:
        visitor.get(address)
    assert len(sql) <= 5  # one of them for the bell


def test_looking_at_the_form_makes_no_session_and_no_token_for_guests(
    app, client, plain, monkeypatch
):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = client.get("/questions/new/mug")
    assert "Set-Cookie" not in page.headers
    assert "csrf_token" not in page.text
    assert client.post("/questions/new/mug", data=FORM).status_code == 303


def test_a_member_needs_the_token_and_loses_nothing_without_it(
    app, log_in, plain, ann, monkeypatch
):
    visitor = log_in(ann)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    address = "http://localhost/questions/new/mug"
    answer = visitor.post("/questions/new/mug", data=FORM, headers={"Referer": address})
    assert (answer.status_code, answer.location) == (303, "/questions/new/mug")
    page = visitor.get("/questions/new/mug").text
    assert TITLE in page
    assert 'name="csrf_token"' in page
    assert questions() == []


def test_a_guest_is_told_that_a_log_in_comes(client, plain):
    page = client.get("/questions/new/mug").text
    assert "we ask you to log in" in page
    assert "Save as draft" not in page


def test_a_draft_is_shown_to_its_writer_only(log_in, plain, ann, make):
    drafting.keep_draft(ann, "questions.new", {"title": "Half a question"})
    ben = make.member("ben")
    assert "Half a question" not in log_in(ben).get("/questions/new/mug").text


@pytest.mark.parametrize("way", ["log in", "register"])
def test_what_a_guest_wrote_survives_the_whole_way_in(client, plain, make, way):
    make.member("ben", password_hash=passwords.hashed(PASSWORD))
    sent = client.post("/questions/new/mug", data=FORM)
    login = sent.location
    client.get(login)
    client.post(login, data={"name": "ben", "password": "not that one"})
    if way == "log in":
        answer = client.post(login, data={"name": "ben", "password": PASSWORD})
    else:
        new = {"name": "Zoe", "handle": "zoe", "email": "zoe@example.org", "password": PASSWORD}
        answer = client.post(login.replace("/login", "/register"), data=new)
    assert (answer.status_code, answer.location) == (303, "/questions/new/mug")
    page = client.get(answer.location).text
    assert TITLE in page
    assert BODY in page
    assert client.post("/questions/new/mug", data=FORM).status_code == 303
