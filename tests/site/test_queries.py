"""Looking over the whole forum."""

from community.questions.services import editing, solving
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
