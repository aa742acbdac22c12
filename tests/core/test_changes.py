"""The log of changes: what it notes, and what it makes of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from community.core import change_log, changes
from community.core.change_log import Log
from community.core.changes import EVERYTHING, Change
from community.core.db import db


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
    return [SimpleNamespace(id=number, kind=kind, number=number) for number in ids]


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
    for _ in range(3):
        db.session.execute(
            text("INSERT INTO changes (kind, number, at) VALUES ('thread', 1, '2020-01-01')")
        )
    db.session.execute(
        text("UPDATE changes SET id = 5000 WHERE id = (SELECT max(id) FROM changes)")
    )
    changes.forget_old()
    assert [row.id for row in db.session.scalars(select(Change))] == [5000]
