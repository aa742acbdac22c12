"""What a process sees of the changes that the database notes: see core.changes.

It reads them from a place on; or it glances from there, in a statement that asks something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from community.core.changes import OLDEST_OPEN, Change, Topic
from community.core.db import db, speaks_postgresql

# With more new rows than this, as during an import, it is quicker to forget everything.
MOST_ROWS = 5_000
# More than so many are read by a statement of their own.
MOST_TOLD = 500


class Sight(NamedTuple):
    """What a glance tells: how many changes there are after a Place, and the highest number.

    In SQLite, where nothing is stored late, the changes after the highest that was known, too: a
    line for each, see `told_in`.
    """

    many: int
    highest: int
    news: str | None = None


class Place(NamedTuple):
    """How far a process has read: all after this number is new to it or read again, and all that
    was written by this transaction or a later one, which was perhaps not yet stored.
    """

    number: int = 0
    transaction: int = 0
    highest: int = 0  # The highest number that it knows.


class Reader:
    """Reads what changed, over a connection of its own: as it is now, whatever a page has read."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    @cached_property
    def _engines(self) -> Mapping[str | None, Engine | Connection]:
        with self._app.app_context():
            return db.engines

    @cached_property
    def _statements(self) -> tuple[Select[Any], Select[int, int, str | None]]:
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
        """Return what can be seen from a place without reading on."""
        with self._connected() as connection:
            return Sight(*connection.execute(self._statements[1], after._asdict()).one())


def glance_within(after: Place) -> Sight:
    """Return what a glance tells this transaction: in SQLite, what was so as it began to read."""
    glance = _glance(on_postgresql=speaks_postgresql())
    return Sight(*db.session.connection().execute(glance, after._asdict()).one())


@cache
def _glance(*, on_postgresql: bool) -> Select[int, int, str | None]:
    return select(*in_sight(on_postgresql=on_postgresql))


def in_sight(
    *, on_postgresql: bool
) -> tuple[ColumnElement[int], ColumnElement[int], ColumnElement[str | None]]:
    """Return the fields of a Sight, for a statement that asks something else, too.

    The fields of a Place are its parameters.
    """
    row, is_after = Change.__table__.c, _is_after(on_postgresql=on_postgresql)
    count = select(func.count()).select_from(Change.__table__).where(is_after)
    highest = select(func.coalesce(func.max(row.id), 0)).where(is_after)
    news: Any = null()
    if not on_postgresql:
        line = row.id.concat(" ").concat(row.number).concat(" ").concat(row.kind)
        fresh = select(line.label("line")).where(row.id > bindparam("highest")).limit(MOST_TOLD)
        news = select(func.group_concat(fresh.subquery().c.line, "\n")).scalar_subquery()
    return count.scalar_subquery(), highest.scalar_subquery(), news


def told_in(news: str) -> list[tuple[int, Topic]]:
    """Return the numbers and topics of the changes that a Sight tells of."""
    lines = (line.split(" ", 2) for line in news.split("\n"))
    return [(int(change), (kind, int(number))) for change, number, kind in lines]


def _is_after(*, on_postgresql: bool) -> ColumnElement[bool]:
    """Return the condition that a change lies after a Place, or may be late."""
    row = Change.__table__.c
    is_after = row.id > bindparam("number")
    if on_postgresql:
        return or_(is_after, row.written_by >= bindparam("transaction"))
    return is_after
