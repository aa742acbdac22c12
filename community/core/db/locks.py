"""Waiting for each other, in one order. docs/decisions/0114-one-order-of-locks.md."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm import Session as SqlSession

from community.core.db.base import M, Model, db, speaks_postgresql

# FOR NO KEY UPDATE, as an UPDATE locks: rows that refer to this one may be added meanwhile.
FOR_CHANGING: dict[str, Any] = {"key_share": True}
# In the notes of a session: the rows that its transaction has read afresh, so that nobody else
# can have changed them since.
HELD = "held_rows"


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
    if _is_held(row):
        return row
    _refresh(row)
    if not speaks_postgresql():  # One writer at a time: what it has read stays as it is.
        _hold(row)
    return row


def lock(row: M) -> M:
    """Read the row afresh and keep others from changing it until the transaction ends.

    What the transaction holds already is not read again. Nobody waits in a circle, for all lock
    in one order: the question, its post, what hangs on that, then members, then tags.
    docs/decisions/0114-one-order-of-locks.md.
    """
    if not _is_held(row):
        _refresh(row, with_for_update=FOR_CHANGING)
        _hold(row)
    return row


def _refresh(row: Model, **how: Any) -> None:  # noqa: ANN401
    db.session.flush()  # A refresh would forget what has been changed and not written yet.
    columns = [column.key for column in inspect(type(row)).column_attrs]
    db.session.refresh(row, columns, **how)


def _is_held(row: Model) -> bool:
    return row in db.session.info.get(HELD, {}).get(row.__tablename__, ())


def _hold(row: Model) -> None:
    """Note the row itself, and not its number: it is this object that has been read afresh."""
    if db.session.info.get("in_transaction"):
        held = db.session.info.setdefault(HELD, {})
        held.setdefault(row.__tablename__, set()).add(row)


@event.listens_for(SqlSession, "do_orm_execute")
def _let_go(state: ORMExecuteState) -> None:
    """Forget what was held of a table that is changed past its objects: they know nothing of it.

    A deletion may reach further, by what refers to the rows.
    """
    held = state.session.info.get(HELD)
    if not held:
        return
    if state.is_delete:
        held.clear()
    elif state.is_update or state.is_insert:
        held.pop(cast("Any", state.statement).table.name, None)
