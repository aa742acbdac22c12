"""What script asks for while somebody writes: previews and drafts."""

from __future__ import annotations

import pytest

from community.questions import queries
from community.questions.services import drafting


@pytest.fixture
def ann(make):
    return make.member("ann")


def test_a_preview_is_rendered_as_the_post_will_be(log_in, ann):
    answer = log_in(ann).post("/preview", data={"source": "**Drips**\r\n\r\n<script>x</script>"})
    assert answer.status_code == 200
    assert "<strong>Drips</strong>" in answer.get_json()["html"]
    assert "<script" not in answer.get_json()["html"]


def test_a_preview_may_be_asked_for_in_json(log_in, ann):
    answer = log_in(ann).post("/preview", json={"source": "*soft*"})
    assert "<em>soft</em>" in answer.get_json()["html"]


@pytest.mark.parametrize("sent", [{}, {"source": 7}, {"source": None}, ["source"], "source", None])
def test_a_preview_of_nothing_is_nothing(log_in, ann, sent):
    answer = log_in(ann).post("/preview", json=sent)
    assert answer.status_code == 200
    assert answer.get_json()["html"] == ""


@pytest.mark.parametrize("kind", ["data", "json"])
@pytest.mark.parametrize("letter", ["x", "ñ", "\U0001f600"])
def test_a_preview_of_far_too_much_is_refused_clearly(log_in, ann, kind, letter):
    answer = log_in(ann).post("/preview", **{kind: {"source": letter * 200_000}})
    assert answer.status_code in {413, 422}
    assert "too l" in answer.text  # too long, too large


def test_a_preview_of_too_much_is_refused(log_in, ann):
    headers = {"Accept": "application/json"}
    answer = log_in(ann).post("/preview", data={"source": "x" * 30_001}, headers=headers)
    assert answer.status_code == 422


def test_previews_and_drafts_are_for_members(client):
    assert client.post("/preview", data={"source": "x"}).status_code == 303
    answer = client.post("/drafts", json={"place": "questions.new", "fields": {"title": "x"}})
    assert answer.status_code == 303


def test_a_draft_is_kept_while_it_is_written(log_in, ann):
    fields = {"title": "The kettle", "body": "It drips\nfrom below", "kind": "idea"}
    answer = log_in(ann).post("/drafts", json={"place": "questions.new", "fields": fields})
    assert (answer.status_code, answer.get_json()) == (200, {"saved": True})
    assert queries.fields_of_draft(ann, "questions.new") == fields


def test_a_draft_is_put_into_the_form(log_in, ann, make):
    make.product("Toaster")
    make.product("Mug")
    fields = {"title": "The kettle", "tags": "leak", "kind": "idea", "lang": "es"}
    drafting.keep_draft(ann, "questions.new", fields)
    page = log_in(ann).get("/questions/new/mug").text
    assert 'value="The kettle"' in page
    assert 'value="leak"' in page
    assert '<option selected value="idea">' in page
    assert '<option selected value="es">' in page


def test_a_draft_with_choices_that_are_gone_does_not_stop_the_form(log_in, ann, make):
    make.product("Mug")
    fields = {"kind": "announcement", "lang": "tlh", "title": "Old"}
    drafting.keep_draft(ann, "questions.new", fields)
    page = log_in(ann).get("/questions/new/mug")
    assert page.status_code == 200
    assert 'value="Old"' in page.text


def test_an_empty_draft_is_forgotten(log_in, ann):
    drafting.keep_draft(ann, "answer-7", {"body": "Rinse it"})
    sent = {"place": "answer-7", "fields": {"body": " "}}
    assert log_in(ann).post("/drafts", json=sent).get_json() == {"saved": False}
    assert queries.fields_of_draft(ann, "answer-7") == {}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"place": "questions.new"},
        {"fields": {}},
        {"place": 7, "fields": {}},
        {"place": "no such place!", "fields": {}},
        {"place": "x" * 81, "fields": {"a": "b"}},
        {"place": "questions.new", "fields": {"title": 7}},
        {"place": "questions.new", "fields": {"x" * 41: "long name"}},
        {"place": "questions.new", "fields": {str(number): "x" for number in range(13)}},
        {"place": "questions.new", "fields": {"body": "x" * 60_001}},
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(log_in, ann, sent):
    headers = {"Accept": "application/json"}
    answer = log_in(ann).post("/drafts", json=sent, headers=headers)
    assert answer.status_code == 422
    assert answer.get_json()["error"] == "Invalid"
