from datetime import timedelta

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.core.job_rows import Job
from community.search import queries, services
from community.search.models import SearchChange


def waiting(name):
    return list(db.session.scalars(select(Job).where(Job.name == name)))


def test_noting_a_change_often_is_one_row_and_one_job():
    for _ in range(3):
        services.note_change("questions:7")
    assert [change.key for change in queries.pending(10)] == ["questions:7"]
    assert len(waiting("search.flush")) == 1


def test_changes_gather_for_a_few_seconds():
    services.note_change("questions:7")
    (job,) = waiting("search.flush")
    assert now() < job.due_at <= now() + timedelta(seconds=5)


def test_settling_keeps_what_was_noted_again():
    services.note_change("questions:7")
    services.note_change("questions:8")
    seen = [SearchChange(id=c.id, changed_at=c.changed_at) for c in queries.pending(10)]
    services.note_change("questions:8")
    services.settle(seen)
    assert [change.key for change in queries.pending(10)] == ["questions:8"]


def test_a_rebuild_is_asked_for_once():
    services.ask_for_rebuild()
    services.ask_for_rebuild()
    assert len(waiting("search.rebuild")) == 1
