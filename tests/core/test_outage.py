"""While the database is away, visitors are asked for patience in both languages."""

import errno
import sqlite3

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from community.app import create_app
from community.core import access, limits, web
from community.core.db import db
from community.questions.models import Answer
from config import Config
from tests.conftest import Visitor
from tests.factories import Factory


def away(*_args, **_facts):
    raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))


@pytest.fixture
def database_is_away(monkeypatch):
    for name in ("execute", "scalars", "scalar", "get"):
        monkeypatch.setattr(db.session, name, away)


def test_a_page_without_the_database_is_503_in_both_languages(client, database_is_away):
    answer = client.get("/questions")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_the_error_page_itself_may_fail(app, monkeypatch):
    monkeypatch.setattr(web, "render_template", away)
    with app.test_request_context("/questions"):
        error = OperationalError("SELECT 1", {}, Exception("gone"))
        answer = app.handle_user_exception(error)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Volvemos enseguida" in answer.get_data(as_text=True)
    assert "We will be right back" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "error",
    [
        NoConnectionLeft("QueuePool limit reached"),
        InterfaceError("SELECT 1", {}, Exception("the connection is closed")),
        InternalError("INSERT", {}, Exception("cannot execute INSERT in a read-only transaction")),
    ],
)
def test_whatever_a_database_that_goes_away_says_it_is_no_fault_of_ours(app, error):
    with app.test_request_context("/questions", method="POST", data={"body": "Rinse it."}):
        page, status, headers = app.handle_user_exception(error)
    assert status == 503
    assert headers["Retry-After"]
    assert "Rinse it." in page


PLENTY = 1_000_000_000


class SmallDisk:
    """A forum on a disk of its own, which can fill up, and a moderator who writes there."""

    def __init__(self, folder):
        settings = {"DATABASE_URL": f"sqlite:///{folder / 'small.db'}", "SEARCH_BACKEND": "memory"}
        settings |= {"SECRET_KEY": "test" * 8, "INSTANCE_FOLDER": folder, "RATE_LIMITS": False}
        self.app = create_app(Config(TESTING=True, WTF_CSRF_ENABLED=False, **settings))
        self.app.test_client_class = Visitor
        self.pages = PLENTY
        with self.app.app_context():
            db.create_all()
            event.listen(db.engine, "checkout", self._limit)
            make = Factory()
            make.admin()
            question, writer = make.question(), make.moderator()
            self.question_id, self.path = question.id, f"/questions/{question.id}/{question.slug}"
            self.client = self.app.test_client()
            with self.client.session_transaction() as session:
                session["_user_id"] = str(writer.id)
            db.session.commit()

    def _limit(self, connection, *_rest):
        connection.execute(f"PRAGMA max_page_count = {self.pages}")

    def leave(self, pages):
        """Leave room for so many pages of the database."""
        with self.app.app_context():
            self.pages = db.session.scalar(text("PRAGMA page_count")) + pages
        with self.app.app_context():
            db.engine.dispose()

    def answer(self, number):
        """Answer at length; return what was written, and what was said to that."""
        words = f"Number {number}: rinse it with cold water. {'Really cold. ' * 200}".strip()
        path = f"/questions/{self.question_id}/answers"
        return words, self.client.post(path, data={"body": words})

    def fill(self):
        """Answer until there is no room; return what was confirmed, and the last two things."""
        confirmed = []
        for number in range(50):
            words, told = self.answer(number)
            if told.status_code != 303:
                return confirmed, words, told
            confirmed.append(words)
        raise AssertionError("It did not fill up.")


@pytest.fixture
def small(tmp_path):
    disk = SmallDisk(tmp_path)
    yield disk
    with disk.app.app_context():
        db.engine.dispose()


def test_a_full_disk_says_so_loses_nothing_and_breaks_nothing(small):
    small.leave(8)
    confirmed, words, told = small.fill()
    assert confirmed
    assert told.status_code == 507
    assert "There is no room left to save anything" in told.text
    assert words in told.text
    assert small.client.get(small.path).status_code == 200
    small.leave(PLENTY)
    assert small.answer("last")[1].status_code == 303
    with small.app.app_context():
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        there = set(db.session.scalars(select(Answer.body)))
    assert set(confirmed) <= there
    assert len(there) == len(confirmed) + 1


def test_a_full_disk_is_told_in_the_language_of_the_visitor(app, client):
    error = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    error.orig.sqlite_errorcode = sqlite3.SQLITE_FULL
    with app.test_request_context("/questions", headers={"Accept-Language": "es"}):
        page, status, _headers = app.handle_user_exception(error)
    assert status == 507
    assert "No queda espacio para guardar nada" in page


def test_a_picture_that_does_not_fit_on_the_disk_is_told_the_same_way(app):
    with app.test_request_context("/questions"):
        _page, status, _headers = app.handle_user_exception(OSError(errno.ENOSPC, "full"))
        assert status == 507
        with pytest.raises(FileNotFoundError):
            app.handle_user_exception(FileNotFoundError(errno.ENOENT, "gone"))


def test_a_database_that_dies_after_the_answer_does_not_break_it(house, monkeypatch):
    """Ending the session rolls back, for which the server has to be there."""

    def dying(_connection):
        raise OperationalError("ROLLBACK", {}, Exception("terminating connection"))

    house.view_functions["rooms.everyone"] = access.everyone(
        limits.limited()(lambda: str(db.session.scalar(text("SELECT 7"))))
    )
    with house.app_context():
        dialect = db.engine.dialect
    browser = house.test_client()
    assert browser.get("/rooms/everyone").text == "7"
    monkeypatch.setattr(dialect, "do_rollback", dying)
    assert browser.get("/rooms/everyone").text == "7"
    monkeypatch.undo()
    assert browser.get("/rooms/everyone").text == "7"
