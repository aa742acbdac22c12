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
from functools import cached_property
from typing import Any

from flask import Flask
from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    MetaData,
    String,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, db, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded

# A process that has not looked for longer than this forgets everything it keeps.
REMEMBERED = timedelta(minutes=10)
# PostgreSQL gives numbers before it commits, so a lower number may appear after a higher one.
LOOKED_BACK = 500
# With more new rows than this, as during an import, it is quicker to forget everything.
MOST_ROWS = 5_000
EVERYTHING = "*"

Topic = tuple[str, int]


class Change(Model):
    """One thing that is no longer as it was: the kind, and which one."""

    __tablename__ = "changes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.current_timestamp(), index=True)


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
        numbers: BindParameter[int] = bindparam("after")
        row = Change.__table__.c
        after = row.id > numbers
        self._rows = select(row.id, row.kind, row.number).where(after)
        self._rows = self._rows.order_by(row.id.desc()).limit(MOST_ROWS)
        self._sight = select(func.count(), func.max(row.id)).where(after)

    @cached_property
    def _engines(self) -> Mapping[str | None, Engine | Connection]:
        with self._app.app_context():
            return db.engines

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        bind = self._engines[None]
        if isinstance(bind, Connection):  # Everything goes over one, as in tests.
            yield bind
            return
        with bind.connect() as connection:
            yield connection

    def read(self, after: int) -> list[Any]:
        """Return the changes after a number, the latest first; at most MOST_ROWS."""
        with self._connected() as connection:
            return list(connection.execute(self._rows, {"after": after}))

    def glance(self, after: int) -> tuple[int, int]:
        """Return how many changes there are after a number, and the highest of their numbers."""
        with self._connected() as connection:
            count, highest = connection.execute(self._sight, {"after": after}).one()
        return count, highest or 0


@periodic("forget_changes", minute="*/5")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Delete what every process has read long ago; keep the latest, by which it goes on."""
    latest = db.session.scalar(select(func.max(Change.id))) or 0
    old = Change.at < now() - REMEMBERED
    db.session.execute(delete(Change).where(old, Change.id < latest - 2 * LOOKED_BACK))
