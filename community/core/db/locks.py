"""Waiting for each other, in one order. docs/decisions/0114-one-order-of-locks.md."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, inspect, select
from sqlalchemy.orm.attributes import set_committed_value

from community.core.db.base import M, Model, connection, db, speaks_postgresql
from community.core.db.held import hold, is_held

# FOR NO KEY UPDATE, as an UPDATE locks: rows that refer to this one may be added meanwhile.
FOR_CHANGING: dict[str, Any] = {"key_share": True}


def take_turns(*what: object) -> None:
    """Let others who name the same thing wait until this transaction ends.

    SQLite has one writer anyway; PostgreSQL would let both look before either has written.
    """
    if speaks_postgresql():
        name = ":".join(map(str, what))
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def stand_in_line(row: M) -> M:
    """Let others who do this with the row wait until the transaction ends; read it afresh.

    Those who only change the row do not wait, so it may be done before anything is locked.
    """
    take_turns(type(row).__tablename__, row.id)
    if is_held(db.session.info, row):
        return row
    _refresh(row)
    if not speaks_postgresql():  # One writer at a time: what it has read stays as it is.
        hold(db.session.info, row)
    return row


def lock(row: M) -> M:
    """Read the row afresh and keep others from changing it until the transaction ends.

    What the transaction holds already is not read again. Nobody waits in a circle, for all lock
    in one order: the question, its post, what hangs on that, then members, then tags.
    docs/decisions/0114-one-order-of-locks.md.
    """
    if not is_held(db.session.info, row):
        _refresh(row, is_locking=True)
        hold(db.session.info, row)
    return row


def _refresh(row: Model, *, is_locking: bool = False) -> None:
    """Let a row say what the database says. Raises InvalidRequestError if it is gone."""
    db.session.flush()  # What has been changed and not written yet would be forgotten.
    known, reading = row.__dict__, _reading(type(row), is_locking=is_locking)
    found = connection().execute(reading, {"row_id": row.id}).one()
    for name, value in found._mapping.items():
        # Hardly ever does anything differ from what was read a moment ago.
        if name not in known or known[name] != value:
            set_committed_value(row, name, value)


@cache
def _reading(table: type[Model], *, is_locking: bool) -> Select[Any]:
    """Return the statement that reads all columns of a row, put together once."""
    columns = [each.columns[0].label(each.key) for each in inspect(table).column_attrs]
    reading = select(*columns).where(table.id == bindparam("row_id"))
    return reading.with_for_update(**FOR_CHANGING) if is_locking else reading
