"""The triggers by which the database itself notes what changes: see core.changes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import Connection, MetaData, Table, event, insert, inspect, text
from sqlalchemy.exc import OperationalError

from community.core import changes
from community.core.changes import EVERYTHING, Change, Noted
from community.core.db import db

PREFIX = "note_change_of_"
NOT_YET = "55P03"  # What PostgreSQL says when a lock was not to be had in time.
TRIES, SECONDS_BETWEEN = 60, 2.0
log = logging.getLogger(__name__)


def install(connection: Connection, metadata: MetaData = db.metadata) -> None:
    """Put the triggers of today's tables into the database where others are there, or none."""
    for statements in _differences(connection, metadata).values():
        _execute(connection, statements)


def refresh() -> bool:
    """Put the triggers in that are not those of today's code; tell whether there were any.

    A forum may have been brought up to date by a version that noted other changes. One table
    follows the other, so that a forum that is in use goes on; nobody waits long behind us.
    """
    with db.engine.connect() as connection:
        tables = sorted(_differences(connection, db.metadata))
    for table in tables:
        _refresh_patiently(table)
    return bool(tables)


def uninstall(connection: Connection) -> None:
    """Take the triggers out, until `install` puts them back."""
    dialect = _dialect(connection)
    for name, table in _there(connection).items():
        _execute(connection, [each.format(name, table) for each in dialect.drop])


def _refresh_patiently(table: str) -> None:
    """Refresh one table as soon as nobody writes into it for long. Raises OperationalError."""
    for patience in (*[SECONDS_BETWEEN] * TRIES, None):
        try:
            return _refresh_table(table)
        except OperationalError as error:
            if patience is None or getattr(error.orig, "sqlstate", None) != NOT_YET:
                raise
            log.warning("The triggers of %s have to wait for who writes there", table)
            time.sleep(patience)
    return None


def _refresh_table(table: str) -> None:
    with db.engine.connect() as connection:
        connection = connection.execution_options(begin_immediate=True)  # noqa: PLW2901
        with connection.begin():
            _execute(connection, [each.format(table) for each in _dialect(connection).lock])
            # Another worker may have done it while we waited.
            missing = _differences(connection, db.metadata).get(table, [])
            _execute(connection, missing)
            if missing:  # Of what changed until now, the triggers of before may have told less.
                connection.execute(insert(Change).values(kind=EVERYTHING, number=0))


def _execute(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(text(statement))


def _differences(connection: Connection, metadata: MetaData) -> dict[str, list[str]]:
    """Return by table what takes out the triggers of other code and puts in those that lack."""
    there, wanted = _there(connection), _wanted(connection, metadata)
    found: dict[str, list[str]] = {}
    for name in there.keys() - wanted.keys():
        table = there[name]
        drop = [each.format(name, table) for each in _dialect(connection).drop]
        found.setdefault(table, []).extend(drop)
    for name in wanted.keys() - there.keys():
        table, create = wanted[name]
        found.setdefault(table, []).extend(create)
    return found


def _there(connection: Connection) -> dict[str, str]:
    """Return the names of the triggers in the database, and the table of each."""
    rows = connection.execute(text(_dialect(connection).ours), {"ours": f"{PREFIX}%"})
    return {row[0]: row[1] for row in rows}


def _wanted(connection: Connection, metadata: MetaData) -> dict[str, tuple[str, list[str]]]:
    """Return the triggers that the code asks for, by name: the table, and what creates them."""
    wanted: dict[str, tuple[str, list[str]]] = {}
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables if Change.__tablename__ in there else ():
        for number, way in enumerate(changes.ways_of(table.name) if table.name in there else ()):
            made = _triggers(_dialect(connection), table, way, number)
            wanted |= {name: (table.name, create) for name, create in made.items()}
    return wanted


def _dialect(connection: Connection) -> Dialect:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE


@event.listens_for(db.metadata, "after_create")
def _install_with_tables(metadata: MetaData, connection: Connection, **_rest: object) -> None:
    install(connection, metadata)


@dataclass(frozen=True)
class Dialect:
    """How a database is told to note changes."""

    ours: str
    drop: tuple[str, ...]
    create: tuple[str, ...]
    # What is done before the triggers of one table change while the forum is in use.
    lock: tuple[str, ...] = ()


_SQLITE = Dialect(
    ours="SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :ours",
    drop=("DROP TRIGGER {0}",),
    create=("CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN {note}; END",),
)
_POSTGRESQL = Dialect(
    ours=(
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE :ours"
    ),
    drop=("DROP TRIGGER {0} ON {1}", "DROP FUNCTION IF EXISTS {0}()"),
    create=(
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN {note}; RETURN NULL; END $$",
        "CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ),
    # Who writes to the table while we wait for it waits behind us, so that must not be long.
    lock=("SET LOCAL lock_timeout = '1s'", "LOCK TABLE {0} IN SHARE ROW EXCLUSIVE MODE"),
)


def _triggers(dialect: Dialect, table: Table, way: Noted, number: int) -> dict[str, list[str]]:
    """Return the triggers of a table and what creates each; no word comes from outside."""
    found = {}
    for act, rows in (("insert", ["NEW"]), ("update", ["NEW", "OLD"]), ("delete", ["OLD"])):
        if act not in way.acts or (way.only and act != "update"):
            continue
        when = act.upper() + (_of_columns(table, way) if act == "update" else "")
        # What moved from one thread to another changed both; UNION leaves out the same twice.
        numbers = [f"SELECT '{way.kind}', {way.number.format(row=row)}" for row in rows]
        note = f"INSERT INTO changes (kind, number) {' UNION '.join(numbers)}"
        # The name tells what it does, so that a trigger of another version is known by it.
        mark = f"{crc32(f'{when} {note}'.encode()):08x}"
        name = f"{PREFIX}{table.name}_{act}_{number}_{mark}"
        filled = {"name": name, "act": when, "table": table.name, "note": note}
        found[name] = [pattern.format(**filled) for pattern in dialect.create]
    return found


def _of_columns(table: Table, way: Noted) -> str:
    if not way.only and not way.but:
        return ""
    columns = way.only or [each.name for each in table.columns if each.name not in way.but]
    return f" OF {', '.join(columns)}"
