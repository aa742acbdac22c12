"""SQLite takes one writer at a time, and each has its turn."""

import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from community.core import connections, writers


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'forum.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (who TEXT)"))
    yield engine
    engine.dispose()


@contextmanager
def writing(engine):
    with engine.execution_options(begin_immediate=True).begin() as connection:
        yield connection


@contextmanager
def another_process(engine):
    """Somebody else who writes, and knows nothing of our queue."""
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def note(engine, who):
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO notes VALUES (:who)"), {"who": who})


def noted(engine):
    with engine.connect() as connection:
        return sorted(connection.scalars(text("SELECT who FROM notes")))


def test_many_write_at_once_and_all_is_there(engine):
    names = [f"{number:02}" for number in range(40)]
    threads = [threading.Thread(target=note, args=(engine, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert noted(engine) == names


def test_a_writer_waits_for_one_in_the_same_process(engine):
    second = threading.Thread(target=note, args=(engine, "second"))
    with writing(engine) as first:
        second.start()
        first.execute(text("INSERT INTO notes VALUES ('first')"))
        assert writers._turn.locked()
    second.join()
    assert noted(engine) == ["first", "second"]
    assert not writers._turn.locked()


def test_a_writer_waits_for_another_process(engine):
    waiting = threading.Thread(target=note, args=(engine, "ours"))
    with another_process(engine) as other:
        waiting.start()
        other.execute("INSERT INTO notes VALUES ('theirs')")
        other.execute("COMMIT")
        waiting.join()
    assert noted(engine) == ["ours", "theirs"]


def test_whoever_waited_long_enough_hears_that_it_is_busy(engine, monkeypatch):
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    with another_process(engine), pytest.raises(OperationalError, match="locked"):
        note(engine, "ours")
    assert not writers._turn.locked()
    note(engine, "later")
    assert noted(engine) == ["later"]


def test_the_turn_is_given_back_after_a_failure(engine):
    with pytest.raises(OperationalError), writing(engine) as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))
    assert not writers._turn.locked()


def test_what_only_reads_needs_no_turn_and_still_waits_for_its_own_time(engine):
    with writing(engine):
        assert noted(engine) == []
    with engine.connect() as connection:
        waits = connection.scalar(text("PRAGMA busy_timeout"))
    assert waits == connections.BUSY_SECONDS * 1000


def test_one_who_waits_gives_up_in_time_when_the_first_does_not_end(engine, monkeypatch):
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    failed = []

    def try_to_write():
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"):
            note(engine, "second")
        failed.append(time.monotonic() - began)

    second = threading.Thread(target=try_to_write)
    with writing(engine):
        second.start()
        second.join()
    assert failed[0] >= 0.05
    assert not writers._turn.locked()


def test_whatever_else_keeps_it_from_beginning_is_told_of_as_any_failure_of_the_database(engine):
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute("BEGIN")  # Another may not begin within.
        with pytest.raises(OperationalError, match="within a transaction"):
            connection.execution_options(begin_immediate=True).begin()
    assert not writers._turn.locked()


def test_a_process_that_was_forked_meanwhile_does_not_wait_for_a_turn_of_its_parent(engine):
    with writing(engine):
        child = os.fork()
        if child == 0:
            os._exit(int(writers._turn.locked()))
        _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert not writers._turn.locked()


def test_the_worker_leaves_a_gap_in_which_others_can_begin(engine, monkeypatch):
    monkeypatch.setattr(writers, "_gap", 0.0)
    writers.let_others_go_first()
    free = []

    def sleep(seconds):
        with another_process(engine):  # Begins at once: nobody holds the database now.
            free.append(seconds)

    monkeypatch.setattr(writers.time, "sleep", sleep)
    note(engine, "worker")
    assert free == [writers.GAP]
    assert noted(engine) == ["worker"]
