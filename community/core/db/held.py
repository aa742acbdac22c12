"""Rows that a transaction has read afresh and keeps from changing, so need not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from community.core.db.base import Model

# Where the notes of a session say which rows: by table, the objects themselves.
HELD = "held_rows"

Notes = dict[Any, Any]


def hold(notes: Notes, row: Model) -> None:
    """Note the row itself, and not its number: it is this object that has been read afresh."""
    if notes.get("in_transaction"):
        notes.setdefault(HELD, {}).setdefault(row.__tablename__, set()).add(row)


def is_held(notes: Notes, row: Model) -> bool:
    """Tell whether this object says what the database says, until the transaction ends."""
    return row in notes.get(HELD, {}).get(row.__tablename__, ())


def let_go(notes: Notes, statement: Any) -> None:  # noqa: ANN401
    """Forget what was held of a table that a statement changes: its objects know nothing of it.

    A deletion may reach further, by what refers to the rows.
    """
    held = notes.get(HELD)
    if not held or not getattr(statement, "is_dml", False):
        return
    if statement.is_delete:
        held.clear()
    else:
        held.pop(statement.table.name, None)
