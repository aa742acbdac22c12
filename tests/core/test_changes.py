"""The log of changes: what it notes, and what it makes of it."""

from __future__ import annotations

import inspect
import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import NullPool, create_engine, insert, select, text
from sqlalchemy.orm import Session

from community.core import change_log, changes, clock
from community.core.change_log import Log
from community.core.changes import EVERYTHING, Change
from community.core.db import db
from tests.boot.conftest import wait_until
from tests.servers.postgresql import fresh_database


def noted() -> set[tuple[str, int]]:
    found = {
        (row.kind, row.number) for row in db.session.execute(select(Change.kind, Change.number))
    }
    db.session.execute(text("DELETE FROM changes"))
    return found


def test_an_answer_changes_the_thread_that_it_belongs_to(make):
    question = make.question()
    noted()
    make.answer(question)
    assert ("thread", question.id) in noted()


def test_an_answer_that_moves_changes_both_threads(make):
    answer, other = make.answer(), make.question()
    noted()
    db.session.execute(
        text("UPDATE posts SET question_id = :new WHERE id = :id"),
        {"new": other.id, "id": answer.id},
    )
    assert noted() == {("thread", answer.question_id), ("thread", other.id)}


def changed(member, column) -> set:
    noted()
    db.session.execute(text(f"UPDATE members SET {column} = {column} WHERE id = {member.id}"))
    return noted()


def test_that_a_member_was_here_is_not_noted(make):
    assert changed(make.member(), "last_seen_at") == set()


@pytest.mark.parametrize("column", ["password_hash", "email", "theme"])
def test_what_only_the_member_sees_is_noted_apart(column, make):
    member = make.member()
    assert changed(member, column) == {("account", member.id)}


def test_a_table_of_which_nothing_is_said_changes_everything(make):
    make.product()
    assert (EVERYTHING, 0) in noted()


def rows(*ids, kind="thread"):
    return [SimpleNamespace(id=number, kind=kind, number=number, open_from=0) for number in ids]


def log_of(pages: list) -> Log:
    log = Log(lambda _after: pages[-1], -1)
    log.look()
    return log


def test_only_what_changed_afterwards_counts():
    pages = [rows(1)]
    log = log_of(pages)
    since = log.look()
    pages.append(rows(1, 2))
    log.look()
    assert log.is_unchanged([("thread", 1), ("thread", 3)], since)
    assert not log.is_unchanged([("thread", 2)], since)


def test_a_lower_number_that_was_committed_later_is_seen():
    pages = [rows(1, 3)]
    log = log_of(pages)
    since = log.look()
    pages.append(rows(1, 2, 3))
    log.look()
    assert not log.is_unchanged([("thread", 2)], since)
    assert log.is_unchanged([("thread", 3)], since)


def test_another_database_makes_everything_unknown():
    pages = [rows(7, 8)]
    log = log_of(pages)
    since = log.look()
    pages.append(rows(1))
    log.look()
    assert not log.is_unchanged([("thread", 99)], since)


def test_a_flood_of_changes_makes_everything_unknown(monkeypatch):
    monkeypatch.setattr(change_log, "MOST_ROWS", 3)
    pages = [rows(1)]
    log = log_of(pages)
    since = log.look()
    pages.append(rows(1, 2, 3, 4))
    log.look()
    assert not log.is_unchanged([("thread", 99)], since)


def test_a_process_that_slept_too_long_knows_nothing(monkeypatch):
    pages = [rows(1)]
    log = log_of(pages)
    since = log.look()
    log._looked_at -= changes.REMEMBERED.total_seconds()
    log.look()
    assert not log.is_unchanged([], since)


def test_a_glance_from_elsewhere_counts_as_a_look_if_it_saw_nothing_new():
    pages = [rows(8, 9)]
    log = log_of(pages)
    before = log.place
    assert log.knows(before, (2, 9)) == log.count
    assert log.knows(before, (3, 10)) is None
    pages.append(rows(*range(8, changes.LOOKED_BACK + 10)))
    log.look(now=True)
    assert log.knows(before, (2, 9)) is None


def test_a_glance_is_no_look_after_a_long_sleep():
    log = log_of([rows(1)])
    seen = log._sight
    log._looked_at -= changes.REMEMBERED.total_seconds()
    assert log.knows(log.place, seen) is None


def test_topics_that_are_no_longer_remembered_count_as_changed(monkeypatch):
    monkeypatch.setattr(change_log, "MOST_TOPICS", 2)
    pages = [rows(1)]
    log = log_of(pages)
    since = log.look()
    pages.append(rows(1, 2, 3, 4))
    log.look()
    assert not log.is_unchanged([("thread", 9)], since)
    assert log.is_unchanged([("thread", 9)], log.look())


def test_everything_tells_whoever_wants_to_know():
    told = []
    pages = [rows(1)]
    log = Log(lambda _after: pages[-1], -1, lambda: told.append(True))
    log.look()
    assert told == []
    pages.append([*rows(1), *rows(2, kind=EVERYTHING)])
    log.look()
    log.look()
    assert told == [True]


def test_old_changes_are_forgotten_but_for_the_latest():
    with clock.as_if_it_were(clock.now() - timedelta(minutes=11)):
        changes.forget_old()  # PostgreSQL: notes which transactions are over.
    for number in (1, 2, 5000):
        row = {"kind": "thread", "number": 1, "at": datetime(2020, 1, 1, tzinfo=UTC)}
        db.session.execute(insert(Change).values(id=10_000 + number, written_by=0, **row))
    changes.forget_old()
    left = set(db.session.scalars(select(Change.id).where(Change.kind == "thread")))
    assert left == {15_000}


@pytest.fixture
def server():
    """Changes on a PostgreSQL, where several write at the same moment."""
    engine = create_engine(fresh_database(), poolclass=NullPool)
    Change.__table__.create(engine)
    return engine


def write(connection, *numbers):
    for number in numbers:
        connection.execute(insert(Change).values(kind="thread", number=number))


@pytest.fixture
def log(server):
    """What a process knows that reads these changes."""
    reader = changes.Reader(None)
    reader._engines = {None: server}
    return Log(reader.read, -1, glance=reader.glance)


def test_what_a_slow_transaction_wrote_is_noticed_however_much_came_between(server, log):
    with server.connect() as slow:
        write(slow, 7)
        for number in range(3):
            with server.begin() as quick:
                write(quick, *range(1000 + 300 * number, 1300 + 300 * number))
            since = log.look()
        assert log.is_unchanged([("thread", 7)], since)
        assert log.look() == since
        slow.commit()
    log.look()
    assert not log.is_unchanged([("thread", 7)], since)
    assert log.is_unchanged([("thread", 1000)], since)
    after, known = log.latest()
    assert after < min(known) == 1
    with server.begin() as quick:
        write(quick, 9)
    since = log.look()
    assert log.is_unchanged([("thread", 7)], log.look())
    assert not log.is_unchanged([("thread", 9)], since - 1)


def test_when_nothing_is_open_little_is_read_again(server, log):
    with server.begin() as quick:
        write(quick, *range(2000))
    log.look()

    def little_is_read():
        with server.begin() as quick:
            write(quick, 1)
        log.look()
        assert log._glance(log._place) == log._sight
        return len(log._read(log._place)) == changes.LOOKED_BACK

    # Other tests have transactions of their own open on this server.
    wait_until(little_is_read)
    assert log._place.number == log._sight[1] - changes.LOOKED_BACK


def test_what_was_stored_late_is_not_forgotten_before_all_have_read_it(server, monkeypatch):
    """It says when its transaction began, which may be long ago."""

    def sweep(moment):
        with Session(server) as session, clock.as_if_it_were(moment):
            monkeypatch.setattr(changes, "db", SimpleNamespace(session=session))
            inspect.unwrap(changes.forget_old)()
            session.commit()

    monkeypatch.setattr(changes, "speaks_postgresql", lambda: True)
    monkeypatch.setattr(changes, "LOOKED_BACK", 5)

    def is_kept():
        with server.connect() as connection:
            return connection.scalar(select(Change.id).where(Change.number == 7)) is not None

    moment = clock.now() + timedelta(hours=1)
    with server.connect() as slow:
        write(slow, 7)
        with server.begin() as quick:
            write(quick, *range(100, 150))
        sweep(moment)
        sweep(moment + timedelta(minutes=15))
        slow.commit()
    sweep(moment + timedelta(minutes=16))
    assert is_kept()
    sweep(moment + timedelta(minutes=17))
    assert is_kept()
    later = (moment + timedelta(minutes=30 * step) for step in itertools.count(1))
    # What other tests have open on this server may be older, so it may take several rounds.
    wait_until(lambda: sweep(next(later)) or not is_kept())
