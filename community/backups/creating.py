"""Making a backup while the forum runs: what it holds is the state of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select, text

from community.backups import archive
from community.backups.bygones import LETS_IN
from community.backups.rows import line_of
from community.core.clock import now
from community.core.db import db
from community.core.errors import NotFound
from community.core.files import storage

# What a forum works out by itself, and what is true of this database alone.
WORKED_OUT = {"sitemap_parts"}
LEFT_OUT = {"changes", "turns", *LETS_IN, *WORKED_OUT}
AT_ONCE = 500  # rows in memory


@dataclass(frozen=True)
class Summary:
    """How much a backup holds."""

    tables: int
    rows: int
    files: int


def tables() -> list[Table]:
    """Return the tables of a backup, those that others point at first."""
    return [table for table in db.metadata.sorted_tables if table.name not in LEFT_OUT]


def create(path: Path) -> Summary:
    """Write database, settings and uploads into one file. Raises BackupError."""
    with archive.written(path) as (file, manifest), one_moment() as connection:
        manifest["made_at"] = now().isoformat()
        manifest["migration"] = migration(connection)
        manifest["tables"] = {}
        for table in tables():
            known = {"columns": [column.name for column in table.columns], "rows": 0}
            manifest["tables"][table.name] = known
            file.add(f"tables/{table.name}.jsonl", _lines(connection, table, known))
        files = _add_uploads(file)
    counted: dict[str, Any] = manifest["tables"]
    rows = sum(known["rows"] for known in counted.values())
    return Summary(len(counted), rows, files)


def migration(connection: Connection) -> str:
    """Return the name of the last migration that ran."""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def let_wait(connection: Connection) -> None:
    """Let the transaction wait for files as long as they take: PostgreSQL would end it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


@contextmanager
def one_moment() -> Iterator[Connection]:
    """Give a connection whose reads all see the same moment."""
    engine = db.engine
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:  # SQLite's snapshot begins with the first SELECT.
        let_wait(connection)
        yield connection


def _lines(connection: Connection, table: Table, known: dict[str, Any]) -> Iterator[bytes]:
    wanted = select(table).order_by(*table.primary_key.columns)
    found = connection.execution_options(yield_per=AT_ONCE).execute(wanted)
    for row in found:
        known["rows"] += 1
        yield line_of(tuple(row))


def _add_uploads(file: archive.Archive) -> int:
    """Add what is stored; what is deleted meanwhile is not missed."""
    count = 0
    for name in storage().names():
        try:
            data = storage().read(name)
        except NotFound:
            continue
        file.add(f"uploads/{name}", [data], packed=False)
        count += 1
    return count
