"""Writing a row that is an object, past the unit of work of the session.

That works out what to write, in which order, for objects that hang together in any way. Where it is
known, as for an answer and its question, that takes longer than the writing.
docs/decisions/0123-what-a-post-waits-for.md.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, inspect, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from community.core.db.base import M, Model, connection, db, putting, save

_UNKNOWN = object()


def save_straight(row: M) -> M:
    """Insert a row, give it its id, and let the session know it.

    What the row refers to has to be written already. One on which others hang, such as the tags
    of a question, is left to the unit of work.
    """
    known = vars(row)
    if not known.keys().isdisjoint(_hanging_on(type(row))):
        return save(row)
    given = {name: known[key] for key, name in _columns(type(row)) if key in known}
    written = connection().execute(putting(type(row)), given | _of_other_kinds(type(row)))
    values: Any = written.last_inserted_params()
    numbers: Any = written.inserted_primary_key
    for key, name in _columns(type(row)):
        if key not in known:
            set_committed_value(row, key, values.get(name))
    set_committed_value(row, "id", numbers[0])
    make_transient_to_detached(row)
    db.session.add(row)
    return row


def change_straight(row: Model, **values: Any) -> None:  # noqa: ANN401
    """Update what differs of a row, which the caller has locked, and of its object."""
    known = vars(row)
    new = {key: value for key, value in values.items() if known.get(key, _UNKNOWN) != value}
    if not new:
        return
    connection().execute(_changing(type(row), tuple(new)), new | {"row_id": row.id})
    for key, value in new.items():
        set_committed_value(row, key, value)


@cache
def _columns(table: type[Model]) -> list[tuple[str, str]]:
    """Return the names of what an object has of its row: on the object, and in the table."""
    return [(each.key, each.columns[0].name) for each in inspect(table).column_attrs]


@cache
def _of_other_kinds(table: type[Model]) -> dict[str, None]:
    """Return nothing for what other kinds of rows have in the same table: no default, no entry."""
    own = {name for _key, name in _columns(table)}
    return {each.name: None for each in table.__table__.c if each.name not in own and each.nullable}


@cache
def _hanging_on(table: type[Model]) -> frozenset[str]:
    """Return the relationships that are written with a row."""
    return frozenset(each.key for each in inspect(table).relationships if not each.viewonly)


@cache
def _changing(table: type[Model], keys: tuple[str, ...]) -> Executable:
    rows: Any = table.__table__
    changing = update(rows).where(rows.c.id == bindparam("row_id"))
    return changing.values({key: bindparam(key) for key in keys})
