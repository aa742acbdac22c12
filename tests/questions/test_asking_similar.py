"""Similar questions: while somebody types, and as a step before posting without script."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.core import clock
from community.core.db import db
from community.questions.models import CloseReason, Question, QuestionKind
from community.questions.services import closing, editing, solving
from community.search.memory_engine import MemoryEngine

TITLE = "The kettle drips from below after boiling"
BODY = "I fill it, it boils, and then water drips from below."
FORM = {"title": TITLE, "body": BODY, "kind": "question", "lang": "en"}
JSON = {"Accept": "application/json"}


class Broken(MemoryEngine):
    """An index that cannot be read."""

    def similar(self, title, body, limit):
        raise OSError("The index is gone")


@pytest.fixture(autouse=True)
def _engine(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "search", MemoryEngine())


@pytest.fixture
def ann(make):
    return make.member("ann", joined_at=clock.now() - timedelta(days=30))


@pytest.fixture
def mug(make):
    make.product("Toaster")
    return make.product("Mug")


@pytest.fixture
def known(make, run_jobs, later):
    """Questions in the index: known("title", ...)."""

    def ask(*titles, **facts):
        asked = [make.question(title=title, **facts) for title in titles]
        later(run_jobs)
        return asked

    return ask


@pytest.fixture
def later(monkeypatch):
    """Do something as if some seconds had passed: later(run_jobs)."""

    def do(work):
        with monkeypatch.context() as context:
            moment = clock.now() + timedelta(seconds=30)
            for module in ("community.core.job_rows", "community.search.services"):
                context.setattr(f"{module}.now", lambda: moment)
            work()

    return do


def ask_for(client, title=TITLE, body=""):
    query = {"title": title, "body": body}
    return client.get("/questions/similar", query_string=query, headers=JSON)


def numbers(answer):
    return [each["id"] for each in answer.get_json()["questions"]]


def test_programs_get_similar_questions_as_json(client, known):
    [question] = known("My kettle drips from below")
    answer = ask_for(client)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "questions": [
            {
                "id": question.id,
                "title": "My kettle drips from below",
                "url": f"/questions/{question.id}/my-kettle-drips-from-below",
                "solved": False,
                "score": 0,
            }
        ]
    }


def test_pages_get_a_piece_of_html_with_state_and_age(client, known):
    known("My kettle drips from below")
    piece = client.get("/questions/similar", query_string={"title": TITLE}).text
    assert "My kettle drips from below" in piece
    assert "Needs attention" in piece
    assert "<time" in piece
    assert "<html" not in piece
    assert 'name="seen_similar"' in piece


def test_there_are_five_at_most(client, known):
    known(*(f"Kettle number {number} drips from below" for number in range(8)))
    assert len(ask_for(client).get_json()["questions"]) == 5


def test_solved_and_official_ones_come_first(client, known, make, run_jobs, later):
    first, second, third = known(
        "The kettle drips from below after boiling water",
        "My kettle drips from below sometimes",
        "Kettle drips from below and leaks",
    )
    solving.accept(second.author, second, make.answer(second))
    solving.make_official(make.staff("sam"), make.answer(third))
    later(run_jobs)
    asked = "Why does a kettle that drips from below drip?"
    found = ask_for(client, asked).get_json()["questions"]
    assert found[-1]["id"] == first.id
    assert {each["id"] for each in found[:2]} == {second.id, third.id}
    assert [each["solved"] for each in found if each["id"] == second.id] == [True]
    piece = client.get("/questions/similar", query_string={"title": asked}).text
    assert "Official answer" in piece


def test_a_duplicate_without_answers_leads_to_its_original(client, known, make):
    original, duplicate = known("Water comes out of the bottom", "My kettle drips from below")
    closing.close(make.moderator(), duplicate, CloseReason.DUPLICATE, original)
    assert numbers(ask_for(client)) == [original.id]
    answered, twin = known("Leaking at its base", "A kettle drips from below at night")
    make.answer(twin)
    closing.close(make.moderator(), twin, CloseReason.DUPLICATE, answered)
    assert numbers(ask_for(client)) == [original.id, twin.id]


def test_an_announcement_waits_for_nothing(client, known, make):
    known("My kettle drips from below", purpose=QuestionKind.ANNOUNCEMENT, author=make.staff("sam"))
    piece = client.get("/questions/similar", query_string={"title": TITLE}).text
    assert "Announcement" in piece
    assert "Needs attention" not in piece


@pytest.mark.parametrize("title", ["", "kettle", "   drips   ", "Zebras in space dancing"])
def test_too_little_and_nothing_alike_give_nothing(client, known, title):
    known("My kettle drips from below")
    assert ask_for(client, title).get_json() == {"questions": []}
    assert client.get("/questions/similar", query_string={"title": title}).text.strip() == ""


def test_what_is_deleted_is_not_suggested_even_before_the_index_knows(client, known):
    [question] = known("My kettle drips from below")
    editing.delete(question.author, question)
    assert ask_for(client).get_json() == {"questions": []}


@pytest.fixture
def _broken_index(app, known, monkeypatch):
    known("My kettle drips from below")
    monkeypatch.setitem(app.extensions, "search", Broken())


@pytest.mark.usefixtures("_broken_index")
def test_a_broken_index_suggests_nothing_and_stops_nobody(client, log_in, ann, mug):
    assert ask_for(client).get_json() == {"questions": []}
    assert log_in(ann).post("/questions/new/mug", data=FORM).status_code == 303


def test_suggestions_take_few_statements_however_many_there_are(client, known, count_queries):
    known(*(f"Kettle number {number} drips from below" for number in range(6)))
    ask_for(client)
    with count_queries() as sql:
        ask_for(client)
    assert len(sql) <= 3


def test_before_posting_similar_questions_are_shown_once(log_in, known, ann, mug):
    known("My kettle drips from below")
    visitor = log_in(ann)
    page = visitor.post("/questions/new/mug", data=FORM)
    assert page.status_code == 200
    assert "Is one of these your question?" in page.text
    assert "My kettle drips from below" in page.text
    assert "Post my question anyway" in page.text
    assert TITLE in page.text
    assert BODY in page.text
    assert '<input type="hidden" name="seen_similar" value="y">' in page.text
    answer = visitor.post("/questions/new/mug", data=FORM | {"seen_similar": "y"})
    assert answer.status_code == 303
    assert db.session.query(Question).filter_by(title=TITLE).count() == 1


def test_with_nothing_similar_it_is_posted_at_once(log_in, known, ann, mug):
    known("Zebras are dancing in space")
    assert log_in(ann).post("/questions/new/mug", data=FORM).status_code == 303


def test_after_a_mistake_they_are_not_shown_again(log_in, known, ann, mug):
    known("My kettle drips from below")
    page = log_in(ann).post("/questions/new/mug", data=FORM | {"seen_similar": "y", "body": "x"})
    assert page.status_code == 422
    assert '<input type="hidden" name="seen_similar" value="y">' in page.text
