"""What was being read when a server of the database went is read once more."""

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from community.core import again
from community.core.db import db


class Said(Exception):
    """What the driver of PostgreSQL raises."""

    def __init__(self, sqlstate):
        super().__init__("terminating connection due to administrator command")
        self.sqlstate = sqlstate


def error(sqlstate, *, invalidated=False):
    return OperationalError("SELECT 1", {}, Said(sqlstate), connection_invalidated=invalidated)


@pytest.fixture
def failing(monkeypatch):
    """Let the database fail so many times while the list of questions is asked for."""
    monkeypatch.setattr(again, "PAUSES", (0, 0))

    def _failing(times, sqlstate="57P01"):
        tries, real = [], db.session.scalars

        def scalars(*words, **more):
            tries.append(words)
            if len(tries) <= times:
                raise error(sqlstate)
            return real(*words, **more)

        monkeypatch.setattr(db.session, "scalars", scalars)
        return tries

    return _failing


def test_what_a_dying_server_interrupted_is_read_again(make, client, failing):
    question = make.question()
    failing(2)
    page = client.get("/questions")
    assert page.status_code == 200
    assert question.title in page.text


def test_it_is_not_tried_for_ever(client, failing):
    failing(99)
    assert client.get("/questions").status_code == 503


def test_what_is_slow_or_busy_is_not_asked_again(client, failing):
    tries = failing(1, "57014")
    assert client.get("/questions").status_code == 503
    assert len(tries) == 1


def test_what_writes_is_never_sent_again():
    calls = []

    def application(environ, start):
        calls.append(environ)
        environ[again.LOST] = True
        start("503 Service Unavailable", [])
        return [b"away"]

    told = []
    answer = again.Again(application)({"REQUEST_METHOD": "POST"}, lambda *head: told.append(head))
    assert (len(calls), answer) == (1, [b"away"])
    assert told == [("503 Service Unavailable", [])]


@pytest.mark.parametrize(
    ("what", "is_so"),
    [
        (error("57P01"), True),
        (error("57P03"), True),
        (error("08006"), True),
        (error(None), True),
        (error("40001", invalidated=True), True),
        (error("57014"), False),
        (error("55P03"), False),
        (IntegrityError("INSERT", {}, Said("23505")), False),
        (OperationalError("INSERT", {}, Exception("database is locked")), False),
    ],
)
def test_lost_is_told_from_slow(what, is_so):
    assert again.is_lost(what) == is_so
