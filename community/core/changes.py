"""What changed lately, as the database itself notes it: so that a kept page is never wrong.

A trigger on every table writes one row into `changes`, in the transaction of the change: no
service, command or import can forget to. A process reads the new rows a few times a second and
then knows which of the pages it keeps are still right. docs/decisions/0120-kept-pages.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    Select,
    String,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
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
# With more new rows than this, as during an import, it is quicker to forget everything.
MOST_ROWS = 5_000
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
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.current_timestamp(), index=True)
    # PostgreSQL gives numbers before it commits: a lower one may appear long after a higher one.
    # The transaction tells which may still do so: those that are not older than the oldest open.
    written_by: Mapped[int] = mapped_column(
        BigInteger, server_default=_OwnTransaction(), index=True
    )


Sight = tuple[int, int]


class Place(NamedTuple):
    """How far a process has read: all after this number is new to it or read again, and all that
    was written by this transaction or a later one, which was perhaps not yet stored.
    """

    number: int = 0
    transaction: int = 0


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


class Reader:
    """Reads what changed, over a connection of its own: as it is now, whatever a page has read."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    @cached_property
    def _engines(self) -> Mapping[str | None, Engine | Connection]:
        with self._app.app_context():
            return db.engines

    @cached_property
    def _statements(self) -> tuple[Select[Any], Select[int, int]]:
        """What reads the rows after a place, and what only counts them."""
        row = Change.__table__.c
        on_postgresql = self._engines[None].dialect.name == "postgresql"
        open_from: ColumnElement[int] = literal_column(OLDEST_OPEN) if on_postgresql else literal(0)
        rows = select(row.id, row.kind, row.number, row.written_by, open_from.label("open_from"))
        is_after = _is_after(on_postgresql=on_postgresql)
        rows = rows.where(is_after).order_by(row.id.desc()).limit(MOST_ROWS)
        return rows, _glance(on_postgresql=on_postgresql)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        bind = self._engines[None]
        if isinstance(bind, Connection):  # Everything goes over one, as in tests.
            yield bind
            return
        with bind.connect() as connection:
            yield connection

    def read(self, after: Place) -> list[Any]:
        """Return the changes after a place, the latest first; at most MOST_ROWS.

        Each says which transaction was the oldest open one at that moment: of those before it
        nothing can appear any more.
        """
        with self._connected() as connection:
            return list(connection.execute(self._statements[0], after._asdict()))

    def glance(self, after: Place) -> Sight:
        """Return how many changes there are after a place, and the highest of their numbers."""
        with self._connected() as connection:
            count, highest = connection.execute(self._statements[1], after._asdict()).one()
        return count, highest


def glance_within(after: Place) -> Sight:
    """Return what a glance tells this transaction: in SQLite, what was so as it began to read."""
    glance = _glance(on_postgresql=speaks_postgresql())
    return db.session.connection().execute(glance, after._asdict()).one()


@cache
def _glance(*, on_postgresql: bool) -> Select[int, int]:
    return select(*in_sight(on_postgresql=on_postgresql))


def in_sight(*, on_postgresql: bool) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return what a glance tells, for a statement that asks something else, too: how many changes
    there are after a Place, whose fields are its parameters, and the highest of their numbers.
    """
    row, is_after = Change.__table__.c, _is_after(on_postgresql=on_postgresql)
    count = select(func.count()).select_from(Change.__table__).where(is_after)
    highest = select(func.coalesce(func.max(row.id), 0)).where(is_after)
    return count.scalar_subquery(), highest.scalar_subquery()


def _is_after(*, on_postgresql: bool) -> ColumnElement[bool]:
    """Return the condition that a change lies after a Place, or may be late."""
    row = Change.__table__.c
    is_after = row.id > bindparam("number")
    if on_postgresql:
        return or_(is_after, row.written_by >= bindparam("transaction"))
    return is_after


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
