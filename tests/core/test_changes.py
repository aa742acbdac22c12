"""The log of changes: what it notes, and what it makes of it."""

from __future__ import annotations

import inspect
import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import NullPool, create_engine, insert, select, text
from sqlalchemy.orm import Session

from community.core import change_log, change_reader, changes, clock
from community.core.change_log import Log
from community.core.change_reader import Place, Sight
from community.core.changes import EVERYTHING, Change
from community.core.db import db, speaks_postgresql
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
    assert log.knows(before, Sight(2, 9)) == log.count
    assert log.knows(before, Sight(3, 10)) is None
    pages.append(rows(*range(8, changes.LOOKED_BACK + 10)))
    log.look(now=True)
    assert log.knows(before, Sight(2, 9)) is None


def test_a_glance_that_tells_what_is_new_counts_as_a_look():
    log = log_of([rows(8, 9)])
    since, place = log.count, log.place
    sight = Sight(4, 11, "10 7 thread\n11 3 a word")
    assert log.knows(place, sight) == log.count == since + 1
    assert not log.is_unchanged([("thread", 7)], since)
    assert not log.is_unchanged([("a word", 3)], since)
    assert log.is_unchanged([("thread", 10), ("thread", 8)], since)
    assert log.place == Place(0, place.transaction, 11)
    assert log.latest() == (0, {8, 9, 10, 11})
    assert log.knows(place, sight) is None, "it is told twice"
    assert log.knows(log.place, Sight(4, 11)) == log.count


def test_what_a_glance_tells_of_everything_is_passed_on():
    told = []
    log = Log(lambda _after: rows(1), -1, lambda: told.append(True))
    log.look()
    since = log.count
    assert log.knows(log.place, Sight(2, 2, f"2 0 {EVERYTHING}")) == since + 1
    assert told == [True]
    assert not log.is_unchanged([], since)


@pytest.mark.parametrize(
    "sight",
    [
        Sight(5, 11, "10 7 thread\n11 3 thread"),
        Sight(3, 11, "10 7 thread\n11 3 thread"),
        Sight(4, 11),
    ],
    ids=["another was stored late", "one is gone", "nothing is told"],
)
def test_where_a_glance_does_not_tell_all_a_look_is_needed(sight):
    log = log_of([rows(8, 9)])
    count, place = log.count, log.place
    assert log.knows(place, sight) is None
    assert (log.count, log.place) == (count, place)


def test_only_the_latest_are_remembered_of_what_glances_tell():
    log = log_of([rows(1)])
    for number in range(2, 3 * changes.LOOKED_BACK):
        many = min(number, changes.LOOKED_BACK + 1)
        assert log.knows(log.place, Sight(many, number, f"{number} 1 thread")) is not None
    number = 3 * changes.LOOKED_BACK - 1
    assert log.place == Place(number - changes.LOOKED_BACK, 0, number)
    assert len(log._seen) == changes.LOOKED_BACK


def test_a_glance_tells_what_is_new_unless_it_is_too_much(app, monkeypatch):
    reader = change_reader.Reader(app)
    db.session.execute(insert(Change), [{"kind": "a word", "number": each} for each in (5, 6)])
    db.session.flush()
    known = reader.read(Place())
    log = Log(reader.read, -1, glance=reader.glance)
    log.look()
    db.session.execute(insert(Change), [{"kind": "a word", "number": each} for each in (7, 8)])
    sight = reader.glance(log.place)
    if speaks_postgresql():
        assert sight.news is None
        return
    assert sight.many == len(known) + 2
    assert sorted(change_reader.told_in(sight.news)) == [
        (sight.highest - 1, ("a word", 7)),
        (sight.highest, ("a word", 8)),
    ]
    assert log.knows(log.place, sight) == log.count
    monkeypatch.setattr(change_reader, "MOST_TOLD", 1)
    change_reader._glance.cache_clear()
    db.session.execute(insert(Change), [{"kind": "a word", "number": each} for each in (7, 8)])
    try:
        cut_off = change_reader.Reader(app).glance(log.place)
        assert log.knows(log.place, cut_off) is None
    finally:
        change_reader._glance.cache_clear()


def test_a_glance_counts_as_a_look_of_the_moment_at_which_it_was_asked():
    log = log_of([rows(1)])
    seen, looked_at = log._sight, log._looked_at
    log.knows(log.place, seen)
    log.knows(log.place, seen, looked_at - 1)
    assert log._looked_at == looked_at
    log.knows(log.place, seen, looked_at + 0.001)
    assert log._looked_at == looked_at + 0.001


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
    reader = change_reader.Reader(None)
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
        assert log._glance(log._place)[:2] == log._sight
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
