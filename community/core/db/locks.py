"""Waiting for each other, in one order. docs/decisions/0114-one-order-of-locks.md."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, inspect, select

from community.core.db.base import M, Model, db, speaks_postgresql
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
        _refresh(row, with_for_update=FOR_CHANGING)
        hold(db.session.info, row)
    return row


def _refresh(row: Model, **how: Any) -> None:  # noqa: ANN401
    db.session.flush()  # A refresh would forget what has been changed and not written yet.
    columns = [column.key for column in inspect(type(row)).column_attrs]
    db.session.refresh(row, columns, **how)
