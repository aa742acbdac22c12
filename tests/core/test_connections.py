"""Nobody waits for ever for PostgreSQL, and no process takes more of it than its share."""

import time
from contextlib import contextmanager

import click
import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from community.app import create_app
from community.core import connections, jobs
from community.core.access import everyone
from community.core.db import db
from community.core.job_rows import Job
from community.core.jobs import enqueue
from community.core.limits import limited
from config import Config
from tests.servers.postgresql import fresh_database

THREADS = 2


@everyone
@limited()
def _take_too_long():
    db.session.execute(text("SELECT pg_sleep(60)"))


@pytest.fixture(scope="module")
def address():
    return fresh_database()


@pytest.fixture
def node(address, tmp_path, monkeypatch):
    """A web node whose patience is short."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 1)
    settings = {"SECRET_KEY": "test" * 8, "INSTANCE_FOLDER": tmp_path, "DATABASE_URL": address}
    settings |= {"DATABASE_SECONDS": 2, "THREADS": THREADS, "SEARCH_BACKEND": "memory"}
    app = create_app(Config(TESTING=True, RATE_LIMITS=False, **settings))
    app.add_url_rule("/too-long", view_func=_take_too_long)
    app.extensions["site.is_set_up"] = True
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def value(name):
    return db.session.scalar(text(f"SHOW {name}"))


def test_a_page_gives_up_a_statement_that_takes_too_long(node):
    began = time.monotonic()
    answer = node.test_client(use_cookies=False).get("/too-long")
    assert answer.status_code == 503
    assert time.monotonic() - began < 10


def test_a_page_waits_for_a_row_no_longer_than_that(node, address):
    with node.app_context():
        enqueue("test", key="held")
        db.session.commit()
        with all_jobs_held(address), pytest.raises(OperationalError, match="lock timeout"):
            db.session.execute(text("UPDATE jobs SET tries = 7"))
        db.session.rollback()


@contextmanager
def all_jobs_held(address):
    """Hold the rows of all jobs, as another process does."""
    with psycopg.connect(address.replace("+psycopg", "")) as other:
        other.execute("SET lock_timeout = '5s'")
        other.execute("SELECT id FROM jobs FOR UPDATE")
        yield


def test_a_worker_passes_by_a_job_that_another_one_has(node, address):
    """It neither waits for it nor does it, too."""
    with node.app_context():
        enqueue("nothing.of_the_kind", key="shared")
        db.session.commit()
        job_id = db.session.query(Job.id).order_by(Job.id.desc()).limit(1).scalar()
        db.session.commit()
        with all_jobs_held(address):
            jobs.do(job_id)  # Would raise after a second if it waited.
        db.session.expire_all()
        assert db.session.get(Job, job_id).tries == 0


def test_commands_and_the_worker_have_all_the_time(node):
    assert value("statement_timeout") == "2s"
    db.session.remove()
    db.engine.dispose()
    with click.Context(click.Command("jobs")):
        assert value("statement_timeout") == value("lock_timeout") == "0"
        assert value("idle_in_transaction_session_timeout") == "10min"
        assert value("TimeZone") == "UTC"


def test_a_process_takes_as_many_connections_as_it_works_on_and_two(node, monkeypatch):
    monkeypatch.setattr(db.engine.pool, "_timeout", 0.1)
    taken = [db.engine.connect() for _ in range(THREADS + 2)]
    with pytest.raises(NoConnectionLeft):
        db.engine.connect()
    for each in taken:
        each.close()
