"""What changed lately, as the database itself notes it: so that a kept page is never wrong.

A trigger on every table writes one row into `changes`, in the transaction of the change: no
service, command or import can forget to. A process reads the new rows a few times a second and
then knows which of the pages it keeps are still right. docs/decisions/0120-kept-pages.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Index,
    MetaData,
    String,
    delete,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from community.core.clock import now
from community.core.db import Model, db, speaks_postgresql, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded

# A process that has not looked for longer than this forgets everything it keeps.
REMEMBERED = timedelta(minutes=10)
# How many of the latest are read again each time, by which it is known that they are still there.
LOOKED_BACK = 50
EVERYTHING = "*"
SWEPT = "swept"
OLDEST_OPEN = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"

Topic = tuple[str, int]


class _OwnTransaction(FunctionElement[int]):
    """The number of the transaction that writes. In SQLite one writes after the other: always 0."""

    type = BigInteger()
    inherit_cache = True


@compiles(_OwnTransaction)
def _none(_element: _OwnTransaction, _compiler: object, **_rest: object) -> str:
    return "0"


@compiles(_OwnTransaction, "postgresql")
def _own(_element: _OwnTransaction, _compiler: object, **_rest: object) -> str:
    return "(pg_current_xact_id()::text::bigint)"


class Change(Model):
    """One thing that is no longer as it was: the kind, and which one."""

    __tablename__ = "changes"
    __table_args__ = (
        Index(None, "written_by", sqlite_where=literal_column("written_by > 0", Boolean)),
        {"sqlite_autoincrement": True},
    )

    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.current_timestamp())
    # PostgreSQL gives numbers before it commits: a lower one may appear long after a higher one.
    # The transaction tells which may still do so: those that are not older than the oldest open.
    written_by: Mapped[int] = mapped_column(BigInteger, server_default=_OwnTransaction())


@dataclass(frozen=True)
class Noted:
    """How changes of a table are noted: the kind, which number, of which columns, by which acts.

    The number is written twice: for the triggers, in SQL with {row} for the row; and for rows
    that were loaded, in Python.
    """

    kind: str = EVERYTHING
    number: str = "0"
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    acts: tuple[str, ...] = ("insert", "update", "delete")
    of: Callable[[Any], int] | None = None


_quiet: set[str] = {"changes", "alembic_version"}
_everywhere: set[str] = set()
_noted: dict[str, list[Noted]] = {}


def unnamed(metadata: MetaData = db.metadata) -> set[str]:
    """Return the tables of which nobody said yet what guests see of them."""
    return metadata.tables.keys() - _quiet - _everywhere - _noted.keys()


def topic_of(row: Model) -> Topic | None:
    """Return the topic that changes when this row does; None if everything does, or nothing."""
    for way in _noted.get(row.__tablename__, ()):
        if way.of is not None:
            return way.kind, way.of(row)
    return None


def quiet(*tables: str) -> None:
    """Say that nothing that guests see comes from these tables."""
    _quiet.update(tables)


def everywhere(*tables: str) -> None:
    """Say that any page may show something of these tables: their changes change everything."""
    _everywhere.update(tables)


def noted(table: str, *ways: Noted) -> None:
    """Say how changes of a table are noted. What is not said here changes everything."""
    _noted[table] = list(ways)


def ways_of(table: str) -> list[Noted]:
    """Return how changes of a table are noted; in no way if nothing of it is shown."""
    return [] if table in _quiet else _noted.get(table, [Noted()])


@periodic("forget_changes", minute="*/5")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Delete what every process has read long ago; keep the latest, by which it goes on.

    On PostgreSQL a change may be stored long after it was written. So each time it is noted which
    transaction is the oldest open one, and by that note, once it is old, the earlier ones go.
    """
    latest = db.session.scalar(select(func.max(Change.id))) or 0
    is_old = Change.at < now() - REMEMBERED
    going = delete(Change).where(is_old, Change.id < latest - 2 * LOOKED_BACK)
    if speaks_postgresql():
        noted_then = select(func.max(Change.written_by)).where(Change.kind == SWEPT, is_old)
        going = going.where(Change.written_by < noted_then.scalar_subquery())
        note = insert(Change).values(kind=SWEPT, number=0, at=now())
        db.session.execute(note.values(written_by=literal_column(OLDEST_OPEN)))
    db.session.execute(going)
