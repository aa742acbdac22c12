"""Types of columns."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Enum, String, TypeDecorator, literal_column
from sqlalchemy.sql.operators import OperatorType, eq, in_op


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets the zone of a time; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(String):
    """One of a few words of our own, which a comparison says in the statement itself.

    A value that is sent beside the statement is not known when the database looks for an index,
    so it would not take one that holds the rows of one word only. Anything but a plain word is
    sent beside it as ever.
    """

    class Comparator(String.Comparator[str]):
        def operate(self, op: OperatorType, *other: Any, **rest: Any) -> ColumnElement[Any]:  # noqa: ANN401
            said = [_said(each) for each in other]
            # What is the same to us is not to SQLite when it looks for an index of one word.
            if op is in_op and isinstance(said[0], list) and len(said[0]) == 1:
                return super().operate(eq, said[0][0], **rest)
            return super().operate(op, *said, **rest)

    comparator_factory = Comparator


def _said(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        is_word = value.isascii() and value.isidentifier()
        return literal_column(f"'{value}'", String()) if is_word else value
    if isinstance(value, list | tuple | set | frozenset):
        return [_said(each) for each in value]
    return value


def words_of(kind: type[StrEnum]) -> Enum:
    """Return the column type that stores the words of an enumeration as plain text."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=20,
        values_callable=lambda words: [word.value for word in words],
    )
