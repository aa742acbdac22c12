"""The one database, the base of every table, and rows that are added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, TypeVar

import sqlalchemy
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Executable, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from community.core import connections
from community.core.db.columns import Moment
from community.core.db.routing import RoutedSession

M = TypeVar("M", bound="Model")

# Where the notes of a session say by which connection its transaction writes.
CONNECTION = "connection"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(
    metadata=MetaData(naming_convention=NAMES),
    session_options={"expire_on_commit": False, "class_": RoutedSession},
)
connections.set_up()


class Model(DeclarativeBase):
    """Base of every table. Relationships are lazy="raise_on_sql": load them in a query."""

    metadata: ClassVar[MetaData] = db.metadata
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment()}

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


def save(row: M) -> M:
    """Add a row and give it its id, without ending the transaction."""
    db.session.add(row)
    db.session.flush()
    return row


def insert_once(table: type[Model], **values: Any) -> Executable:  # noqa: ANN401
    """Return the statement that inserts a row unless a unique constraint has it already."""
    row: Executable = insert(table).values(**values).on_conflict_do_nothing().returning(table.id)
    return row


def put(table: type[Model], **values: Any) -> None:  # noqa: ANN401
    """Insert a row that nobody needs as an object; what it refers to has to be written already."""
    connection().execute(putting(table), values)


@cache
def putting(table: type[Model]) -> Executable:
    """Return the statement that inserts rows, put together once."""
    return sqlalchemy.insert(table.__table__)  # type: ignore[arg-type]


def put_once(table: type[Model], **values: Any) -> int | None:  # noqa: ANN401
    """Insert a row unless a unique constraint has it already; return its number if it is new.

    Quicker than `insert_once`, for the statement is put together once for all rows.
    """
    number: int | None = connection().scalar(
        _putting_once(table, in_postgresql=speaks_postgresql()), values
    )
    return number


def put_each_once(
    table: type[Model], rows: list[dict[str, Any]], *told: str
) -> Sequence[tuple[Any, ...]]:
    """Insert those rows that no unique constraint has already, all in one statement.

    Returns of each new one its number and what is to be told besides.
    """
    return (
        connection()
        .execute(_putting_once(table, *told, in_postgresql=speaks_postgresql()), rows)
        .all()
    )


@cache
def _putting_once(table: type[Model], *told: str, in_postgresql: bool) -> Executable:
    dialect: Any = postgresql if in_postgresql else sqlite
    columns = table.__table__
    new = dialect.insert(columns).on_conflict_do_nothing()
    row: Executable = new.returning(*(columns.c[name] for name in ("id", *told)))
    return row


def was_inserted(statement: Executable) -> bool:
    """Run what `insert_once` returned; tell whether the row is new."""
    return db.session.scalar(statement) is not None


def insert(table: type[Model]) -> Any:  # noqa: ANN401
    """Return the INSERT of the database in use, which knows ON CONFLICT."""
    dialect: Any = postgresql if speaks_postgresql() else sqlite
    return dialect.insert(table)


def connection() -> Connection:
    """Return what the session speaks to the database by, for statements without objects.

    They are sent as they are: what was changed about objects is not written before.
    """
    current: Connection = db.session.info.get(CONNECTION) or db.session.connection()
    return current


def speaks_postgresql() -> bool:
    """Tell whether the database is PostgreSQL, and not SQLite."""
    return db.engine.dialect.name == "postgresql"
