"""The one database, the base of every table, and rows that are added."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, ClassVar, TypeVar

import sqlalchemy
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Executable, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from community.core import connections
from community.core.db.columns import Moment
from community.core.db.routing import RoutedSession

M = TypeVar("M", bound="Model")

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
    db.session.execute(_putting(table), values)


@cache
def _putting(table: type[Model]) -> Executable:
    return sqlalchemy.insert(table.__table__)  # type: ignore[arg-type]


def put_once(table: type[Model], **values: Any) -> int | None:  # noqa: ANN401
    """Insert a row unless a unique constraint has it already; return its number if it is new.

    Quicker than `insert_once`, for the statement is put together once for all rows.
    """
    number: int | None = db.session.scalar(_putting_once(table, speaks_postgresql()), values)
    return number


@cache
def _putting_once(table: type[Model], in_postgresql: bool) -> Executable:  # noqa: FBT001
    dialect: Any = postgresql if in_postgresql else sqlite
    columns = table.__table__
    row: Executable = dialect.insert(columns).on_conflict_do_nothing().returning(columns.c.id)
    return row


def was_inserted(statement: Executable) -> bool:
    """Run what `insert_once` returned; tell whether the row is new."""
    return db.session.scalar(statement) is not None


def insert(table: type[Model]) -> Any:  # noqa: ANN401
    """Return the INSERT of the database in use, which knows ON CONFLICT."""
    dialect: Any = postgresql if speaks_postgresql() else sqlite
    return dialect.insert(table)


def speaks_postgresql() -> bool:
    """Tell whether the database is PostgreSQL, and not SQLite."""
    return db.engine.dialect.name == "postgresql"
