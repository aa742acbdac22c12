"""Rows as lines of text that no database has a say in."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, String, Table
from sqlalchemy.sql.type_api import TypeEngine

Reader = Callable[[Any], Any]


def line_of(row: tuple[Any, ...]) -> bytes:
    """Return a row as one line of JSON, its values in the order of the columns."""
    return json.dumps(list(row), ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Enum):
        return str(value.value)
    message = f"A backup has no way to write {type(value).__name__}."
    raise TypeError(message)


class RowReader:
    """Reads the lines of one table again."""

    def __init__(self, table: Table, names: list[str]) -> None:
        """Raise KeyError if the table has no such column."""
        self.names = names
        self._readers = [_reader(table.c[name].type) for name in names]

    def row(self, line: bytes) -> dict[str, Any]:
        """Return a row as the values of its columns."""
        values = json.loads(line)
        return {
            name: None if value is None else read(value)
            for name, read, value in zip(self.names, self._readers, values, strict=True)
        }


def _reader(kind: TypeEngine[Any]) -> Reader:
    plain = getattr(kind, "impl_instance", kind)
    if isinstance(plain, DateTime):
        return datetime.fromisoformat
    if isinstance(plain, Date):
        return date.fromisoformat
    if isinstance(plain, LargeBinary):
        return b64decode
    if isinstance(plain, String):
        enum = getattr(kind, "enum_class", None)
        # PostgreSQL keeps no character of the value 0; no text needs one.
        return enum or (lambda value: value.replace("\0", ""))
    return lambda value: value
