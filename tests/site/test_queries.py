"""Looking over the whole forum."""

import logging

import pytest

from community.questions.services import editing, solving
from community.search.engine import NotBuilt, Unusable
from community.site import queries


def test_what_was_deleted_is_not_counted(make):
    question = make.question()
    answer = make.answer(question)
    solving.accept(question.author, question, answer)
    assert queries.counts()["solved"] == 1
    editing.delete(answer.author, answer)
    counted = queries.counts()
    assert (counted["questions"], counted["answers"], counted["solved"]) == (1, 0, 0)


def test_a_sound_forum_has_nothing_broken(monkeypatch):
    monkeypatch.setitem(queries.PARTS, "queue", lambda: None)
    assert queries.what_is_broken() == {}


def test_what_is_broken_is_named_without_details(monkeypatch):
    def fail():
        raise OSError("/secret/path is gone")

    monkeypatch.setitem(queries.PARTS, "queue", lambda: None)
    monkeypatch.setitem(queries.PARTS, "index", fail)
    assert queries.what_is_broken() == {"index": "cannot be used"}


@pytest.mark.parametrize(
    ("error", "level"), [(NotBuilt, logging.INFO), (Unusable, logging.WARNING)]
)
def test_an_index_that_was_never_built_alarms_nobody(monkeypatch, caplog, error, level):
    def fail():
        raise error("There is none.")

    caplog.set_level(logging.INFO)
    monkeypatch.setitem(queries.PARTS, "queue", lambda: None)
    monkeypatch.setitem(queries.PARTS, "index", fail)
    assert queries.what_is_broken() == {"index": "cannot be used"}
    assert [record.levelno for record in caplog.records] == [level]
