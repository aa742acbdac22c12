"""Filling a forum from a backup: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import AddConstraint, DropConstraint

from community.backups import archive, bygones, placing
from community.backups.archive import Reading
from community.backups.creating import (
    AT_ONCE,
    LEFT_OUT,
    WORKED_OUT,
    Summary,
    let_wait,
    migration,
    tables,
)
from community.backups.errors import BackupError
from community.backups.rows import RowReader
from community.core import change_triggers, changes
from community.core.db import db
from community.search.services import REBUILD


@dataclass(frozen=True)
class Restored(Summary):
    """What came back, and what was left behind."""

    made_at: datetime
    # Open invitations whose link is good no more.
    invitations: int
    # Jobs that would have sent mails.
    mails: int
    # Jobs with files that failed, and that the worker tries again.
    left: int


def restore(path: Path, *, replace: bool = False, mails: bool | None = None) -> Restored:
    """Put everything in the file into this forum, in one transaction.

    mails: whether those that waited are kept; if that is not said, those of a fresh backup are.
    Raises BackupError if the file is damaged or of another version, or if there is a forum
    already and it is not to be replaced. The database has to be migrated.
    """
    with archive.checked(path) as backup:
        try:
            placing.finish_earlier()
            return _restore(backup, replace=replace, mails=mails)
        except SQLAlchemyError as error:
            raise BackupError(f"The rows could not be put in place: {error}") from error
        except OSError as error:
            raise BackupError(f"The files could not be put in place: {error}") from error


def _restore(backup: Reading, *, replace: bool, mails: bool | None) -> Restored:
    with writing() as connection:
        _refuse(connection, backup, replace=replace)
        plan = placing.planned(backup)
        way_back = placing.note_way_back(connection, plan)
    made_at = datetime.fromisoformat(backup.manifest["made_at"])
    keeps_mails = bygones.is_fresh(made_at) if mails is None else mails
    try:
        with writing() as connection:
            _refuse(connection, backup, replace=replace)
            placing.close_way_back(connection, way_back)
            placing.put(backup, plan)
            rows = _put_rows(connection, backup)
            invitations = bygones.end_links(connection)
            dropped = 0 if keeps_mails else bygones.drop_mails(connection)
            _ask_for_index(connection)
            rest = placing.note_rest(connection, plan, replace=replace)
    except BaseException:
        placing.finish(way_back)
        raise
    left = placing.finish(rest)
    return Restored(
        len(tables()), rows, len(plan.names), made_at, invitations, mails=dropped, left=left
    )


@contextmanager
def writing() -> Iterator[Connection]:
    """Give a connection in a transaction that writes, and whose commit no power cut undoes.

    SQLite does not look at references, which `_check_links` does for all rows together: whoever
    defers that lets it look through the whole table for each row.
    """
    with db.engine.connect() as connection, _prepared(connection):
        connection = connection.execution_options(begin_immediate=True)  # noqa: PLW2901
        with connection.begin():
            let_wait(connection)
            yield connection


@contextmanager
def _prepared(connection: Connection) -> Iterator[None]:
    """Set SQLite up before the transaction, for within one it does not let itself be."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _refuse(connection: Connection, backup: Reading, *, replace: bool) -> None:
    _refuse_what_does_not_fit(connection, backup)
    if not replace and not _is_empty(connection):
        raise BackupError("There is a forum here already; --replace gives it up.")


def _refuse_what_does_not_fit(connection: Connection, backup: Reading) -> None:
    made, here = backup.manifest["migration"], migration(connection)
    if made != here:
        raise BackupError(
            f"The backup was made by a forum at migration {made}, this one is at {here}. "
            "Restore it with the version that made it, then upgrade."
        )
    # Backups made earlier have some of what is left out today.
    unknown = (backup.manifest["tables"].keys() - LEFT_OUT) ^ {table.name for table in tables()}
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
    for link in links if on_server else []:
        connection.execute(DropConstraint(link))
    # What was worked out from the rows that go is worked out anew from those that come.
    not_filled = [db.metadata.tables[name] for name in (*WORKED_OUT, *bygones.LETS_IN)]
    for table in [*not_filled, *reversed(tables())]:
        connection.execute(table.delete())
    rows = sum(_fill(connection, table, backup) for table in tables())
    for link in links if on_server else []:
        connection.execute(AddConstraint(link))
    if on_server:
        _count_on(connection)
    else:
        _check_links(connection)
    change_triggers.install(connection)
    connection.execute(insert(changes.Change).values(kind=changes.EVERYTHING, number=0))
    return rows


def _check_links(connection: Connection) -> None:
    """Raise BackupError if a row points at nothing; PostgreSQL says so when links are added."""
    for table, row, other, _link in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        raise BackupError(f"The rows do not fit: row {row} of {table} points at no row of {other}.")


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


def _ask_for_index(connection: Connection) -> None:
    """Have the search index built of these rows, also if nobody is there any more to ask for it."""
    jobs = db.metadata.tables["jobs"]
    connection.execute(delete(jobs).where(jobs.c.key == REBUILD))
    connection.execute(insert(jobs).values(name=REBUILD, key=REBUILD, arguments={}))


def _count_on(connection: Connection) -> None:
    """Let the next id of each table follow the last; SQLite does so by itself."""
    for table in tables():
        if "id" in table.c and table.c.id.autoincrement:
            last = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, func.coalesce(last, 0) + 1, False)))  # noqa: FBT003
