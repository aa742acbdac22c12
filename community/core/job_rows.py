"""The rows of jobs: taken by one worker at a time, then forgotten, put back or parked."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Executable,
    Row,
    String,
    Text,
    bindparam,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, connection, db, transaction
from community.core.policy import unguarded

# Seconds to wait after the first failure, the second, ...; after the last the job is parked.
PATIENCE = (10, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
LEASE = timedelta(minutes=10)


class Job(Model):
    """One piece of work still to do. Done jobs are deleted; hopeless ones are parked."""

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(String(150))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Two jobs that wait with the same key are one job.
    key: Mapped[str | None] = mapped_column(String(150), unique=True)
    due_at: Mapped[datetime] = mapped_column(default=now, index=True)
    claimed_until: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


def due(most: int | None = None) -> list[int]:
    """Return the numbers of the jobs that are due, the oldest first."""
    found = select(Job.id).where(*_is_due()).order_by(Job.id).limit(most)
    return list(db.session.scalars(found, {"moment": now()}))


def _is_due() -> tuple[ColumnElement[bool], ...]:
    row, moment = Job.__table__.c, bindparam("moment", type_=Job.due_at.type)
    is_free = or_(row.claimed_until.is_(None), row.claimed_until < moment)
    return row.due_at <= moment, row.parked_at.is_(None), is_free


@transaction
@unguarded("the worker's own bookkeeping")
def take(job_id: int, done: int | None = None) -> Row[Any] | None:
    """Take the job, so that no other worker does it too; forget the one that is done."""
    if done is not None:
        connection().execute(_forgetting(), {"done": done})
    moment = now()
    about = {"job": job_id, "moment": moment, "until": moment + LEASE}
    return connection().execute(_taking(), about).one_or_none()


@cache
def _taking() -> Executable:
    """Return the statement, put together once."""
    rows: Any = Job.__table__
    row = rows.c
    # Whoever finds another worker at it does not wait to see whether that one takes it.
    free = select(row.id).where(row.id == bindparam("job"), *_is_due())
    taking = update(rows).where(row.id.in_(free.with_for_update(skip_locked=True)))
    taking = taking.values(claimed_until=bindparam("until"), key=None)
    return taking.returning(row.id, row.name, row.arguments, row.tries)


@transaction
@unguarded("the worker's own bookkeeping")
def finish(done: int | None) -> None:
    """Forget the job that is done, if any."""
    if done is not None:
        connection().execute(_forgetting(), {"done": done})


@cache
def _forgetting() -> Executable:
    rows: Any = Job.__table__
    return delete(rows).where(rows.c.id == bindparam("done"))


@transaction
def put_back(todo: Row[Any], error: Exception) -> None:
    """Let the job wait for another try, or park it after the last."""
    changes: dict[str, Any] = {
        "tries": todo.tries + 1,
        "last_error": repr(error)[:2000],
        "claimed_until": None,
    }
    if todo.tries < len(PATIENCE):
        changes["due_at"] = now() + timedelta(seconds=PATIENCE[todo.tries])
    else:
        changes["parked_at"] = now()
    db.session.execute(update(Job).where(Job.id == todo.id).values(**changes))
