"""A replica of the database: read by guests while it is near, and never missed."""

import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from community.app import create_app
from community.core import settings
from community.core.access import everyone
from community.core.change_log import Log
from community.core.db import REPLICA, db, transaction
from community.core.limits import limited
from community.core.replica import from_replica
from community.questions.models import Question
from config import Config
from tests.factories import Factory
from tests.servers.replication import PostgreSQL

SECONDS = 1


class Forum:
    """A forum on two databases."""

    def __init__(self, folder):
        self.first = PostgreSQL()
        self.first.ask("CREATE DATABASE forum")
        self.second = PostgreSQL(follows=self.first)
        address = "postgresql+psycopg://postgres@/forum?"
        config = Config(
            SECRET_KEY="test" * 8,
            INSTANCE_FOLDER=folder,
            DATABASE_URL=address + self.first.where,
            DATABASE_REPLICA_URL=address + self.second.where,
            DATABASE_REPLICA_SECONDS=SECONDS,
            SEARCH_BACKEND="memory",
            RATE_LIMITS=False,
            TESTING=True,
        )
        self.app = create_app(config)
        self.app.add_url_rule("/insight-of-test", view_func=_number_of_questions)
        self.replica = self.app.extensions["replica"]
        with self.app.app_context():
            db.create_all()
            make = Factory()
            make.admin()
            self.question = make.question(title="How hot is the water?").id
            db.session.commit()
        self.path = self.get(f"/questions/{self.question}").request.path
        self.catch_up()
        self.first.wait_until("SELECT count(*) > 0 FROM pg_stat_replication")

    def catch_up(self):
        """Wait until the replica has all."""
        written = self.first.ask("SELECT pg_current_wal_flush_lsn()")
        self.second.wait_until(f"SELECT pg_last_wal_replay_lsn() >= '{written}'")
        self.replica._looked_at = 0

    def get(self, path="", **more):
        """Visit as a guest who comes a second after the last one."""
        client = self.app.test_client(use_cookies=False)
        return client.get(path or self.path, follow_redirects=True, **more)

    def forget(self):
        self.app.extensions["guest_pages"].forget()

    def rename(self, title):
        with self.app.app_context():

            @transaction
            def change():
                db.session.get_one(Question, self.question).set_title(title)

            change()

    @contextmanager
    def reading(self):
        """Note how many statements each of the two is asked meanwhile."""
        asked = {None: 0, REPLICA: 0}
        with self.app.app_context():
            engines = {name: db.engines[name] for name in asked}
        listeners = []
        for name, engine in engines.items():

            def note(_connection, _cursor, statement, *_rest, name=name):
                asked[name] += "FROM posts" in statement

            event.listen(engine, "before_cursor_execute", note)
            listeners.append((engine, note))
        yield asked
        for engine, note in listeners:
            event.remove(engine, "before_cursor_execute", note)

    def close(self):
        with self.app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        self.first.remove()
        self.second.remove()


@everyone
@limited()
@from_replica
def _number_of_questions():
    return str(len(db.session.query(Question).all()))


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    forum = Forum(tmp_path_factory.mktemp("two"))
    yield forum
    forum.close()


@pytest.fixture
def forum(two):
    """Both run, and nothing is kept."""
    settings.forget()
    two.catch_up()
    two.forget()
    two.replica._breaker._until = 0
    yield two
    settings.forget()


def test_guests_read_from_the_replica(forum):
    with forum.reading() as asked:
        page = forum.get()
    assert page.status_code == 200
    assert "How hot" in page.text
    assert asked[REPLICA] > 0
    assert asked[None] == 0


def test_a_page_is_never_made_of_what_the_replica_has_not_heard_of(forum):
    assert "How hot" in forum.get().text
    forum.second.ask("SELECT pg_wal_replay_pause()")
    try:
        forum.rename("How cold is the milk?")
        with forum.reading() as asked:
            time.sleep(0.3)  # So long a page may be kept unasked.
            assert "How cold" in forum.get().text
        assert asked[REPLICA] == 0
    finally:
        forum.second.ask("SELECT pg_wal_replay_resume()")
        forum.rename("How hot is the water?")


def test_insight_is_read_there_while_it_is_near(forum):
    with forum.reading() as asked:
        assert forum.get("/insight-of-test").text == "1"
    assert asked == {None: 0, REPLICA: 1}
    forum.second.ask("SELECT pg_wal_replay_pause()")
    try:
        forum.rename("How hot is the water today?")
        forum.replica._looked_at = 0
        assert forum.replica.is_near()
        time.sleep(SECONDS + 0.1)
        with forum.reading() as asked:
            assert forum.get("/insight-of-test").text == "1"
        assert forum.replica.seconds_behind > SECONDS
        assert asked == {None: 1, REPLICA: 0}
    finally:
        forum.second.ask("SELECT pg_wal_replay_resume()")


def test_nothing_is_kept_of_settings_that_the_replica_said(forum):
    settings.forget()
    forum.get()
    assert settings._kept[1] == {}


def test_without_the_replica_nobody_notices(forum):
    assert forum.get().status_code == 200
    forum.second.kill()
    forum.forget()
    try:
        began = time.monotonic()
        for path in ("", "/insight-of-test"):
            assert forum.get(path).status_code == 200
        assert time.monotonic() - began < 3
        with forum.reading() as asked:
            assert forum.get("/insight-of-test").status_code == 200
        assert asked == {None: 1, REPLICA: 0}
    finally:
        forum.second.start()
    forum.catch_up()
    forum.replica._breaker._until = 0
    with forum.reading() as asked:
        assert forum.get("/insight-of-test").status_code == 200
    assert asked == {None: 0, REPLICA: 1}


def test_while_nothing_can_be_written_guests_go_on_reading(forum):
    assert forum.get().status_code == 200
    forum.forget()
    forum.first.kill()
    try:
        answer = forum.get()
        assert answer.status_code == 200
        assert "How hot" in answer.text
    finally:
        forum.first.start()
        forum.first.wait_until("SELECT count(*) > 0 FROM pg_stat_replication")


def row(number, post):
    return SimpleNamespace(id=number, kind="post", number=post, open_from=0)


def test_changes_that_are_gone_make_everything_unknown():
    """After a fail-over the new first database may never have heard of the last changes."""
    rows = [row(number, 7) for number in (1, 2, 3)]
    told = Log(lambda after: [each for each in rows if each.id > after.number], pause=-1)
    since = told.look()
    assert told.is_unchanged([("post", 7)], since)
    rows[2:] = [row(4, 8)]
    told.look()
    assert not told.is_unchanged([("post", 7)], since)
