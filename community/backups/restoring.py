"""Filling a forum from a backup: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import AddConstraint, DropConstraint

from community.backups import archive
from community.backups.archive import Reading
from community.backups.creating import AT_ONCE, WORKED_OUT, Summary, migration, tables
from community.backups.errors import BackupError
from community.backups.rows import RowReader
from community.core import change_triggers, changes
from community.core.db import db
from community.core.files import storage


def restore(path: Path, *, replace: bool = False) -> Summary:
    """Put everything in the file into this forum, in one transaction.

    Raises BackupError if the file is damaged or of another version, or if there is a forum
    already and it is not to be replaced. The database has to be migrated.
    """
    with archive.checked(path) as backup, db.engine.connect() as connection:
        connection = connection.execution_options(begin_immediate=True)  # noqa: PLW2901
        with connection.begin():
            _refuse_what_does_not_fit(connection, backup)
            if not replace and not _is_empty(connection):
                raise BackupError("There is a forum here already; --replace gives it up.")
            files = _put_uploads(backup)
            rows = _put_rows(connection, backup)
    if replace:
        _forget_uploads_but(files)
    return Summary(len(tables()), rows, len(files))


def _refuse_what_does_not_fit(connection: Connection, backup: Reading) -> None:
    made, here = backup.manifest["migration"], migration(connection)
    if made != here:
        raise BackupError(
            f"The backup was made by a forum at migration {made}, this one is at {here}. "
            "Restore it with the version that made it, then upgrade."
        )
    unknown = backup.manifest["tables"].keys() ^ {table.name for table in tables()}
    if unknown:
        raise BackupError(f"The backup has other tables: {', '.join(sorted(unknown))}.")


def _is_empty(connection: Connection) -> bool:
    members = db.metadata.tables["members"]
    return connection.scalar(select(func.count()).select_from(members)) == 0


def _put_rows(connection: Connection, backup: Reading) -> int:
    """Replace the rows of all tables. References are checked once everything is there."""
    on_server = connection.dialect.name == "postgresql"
    links = [each for table in tables() for each in table.foreign_key_constraints]
    change_triggers.uninstall(connection)
    _loosen(connection, links if on_server else [])
    # What was worked out from the rows that go is worked out anew from those that come.
    for table in [*(db.metadata.tables[name] for name in WORKED_OUT), *reversed(tables())]:
        connection.execute(table.delete())
    rows = sum(_fill(connection, table, backup) for table in tables())
    for link in links if on_server else []:
        connection.execute(AddConstraint(link))
    if on_server:
        _count_on(connection)
    change_triggers.install(connection)
    connection.execute(insert(changes.Change).values(kind=changes.EVERYTHING, number=0))
    return rows


def _loosen(connection: Connection, links: list[ForeignKeyConstraint]) -> None:
    """Let rows come in any order until the end of the transaction."""
    for link in links:
        connection.execute(DropConstraint(link))
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))


def _fill(connection: Connection, table: Table, backup: Reading) -> int:
    known = backup.manifest["tables"][table.name]
    reader = RowReader(table, known["columns"])
    count = 0
    try:
        with backup.open(f"tables/{table.name}.jsonl") as lines:
            for part in _parts(reader.row(line) for line in lines):
                connection.execute(insert(table), part)
                count += len(part)
    except SQLAlchemyError as error:
        raise BackupError(f"The rows of {table.name} do not fit: {error}") from error
    if count != known["rows"]:
        raise BackupError(f"The backup is damaged: {table.name} has {count} rows.")
    return count


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _count_on(connection: Connection) -> None:
    """Let the next id of each table follow the last; SQLite does so by itself."""
    for table in tables():
        if "id" in table.c and table.c.id.autoincrement:
            last = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, func.coalesce(last, 0) + 1, False)))  # noqa: FBT003


def _put_uploads(backup: Reading) -> set[str]:
    names = set()
    for name in backup.uploads():
        with backup.open(f"uploads/{name}") as file:
            storage().save(name, file.read())
        names.add(name)
    return names


def _forget_uploads_but(names: set[str]) -> None:
    for name in list(storage().names()):
        if name not in names:
            storage().delete(name)
