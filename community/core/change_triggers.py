"""The triggers by which the database itself notes what changes: see core.changes."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import Connection, MetaData, Table, event, inspect, text

from community.core import changes
from community.core.changes import Change, Noted
from community.core.db import db

PREFIX = "note_change_of_"


def install(connection: Connection, metadata: MetaData = db.metadata) -> None:
    """Put the triggers of today's tables into the database, in place of older ones."""
    uninstall(connection)
    for statements in _wanted(connection, metadata).values():
        for statement in statements:
            connection.execute(text(statement))


def refresh() -> bool:
    """Put the triggers in if they are not those of today's code; tell whether they were not.

    A forum may have been brought up to date by a version that noted other changes.
    """
    with db.engine.begin() as connection:
        wanted = set(_wanted(connection, db.metadata))
        ours = connection.execute(text(_dialect(connection).ours), {"ours": f"{PREFIX}%"})
        if wanted == {row[0] for row in ours}:
            return False
        install(connection)
    return True


def _wanted(connection: Connection, metadata: MetaData) -> dict[str, list[str]]:
    """Return the triggers that the code asks for, by name, with the statements that create them."""
    wanted: dict[str, list[str]] = {}
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables if Change.__tablename__ in there else ():
        for number, way in enumerate(changes.ways_of(table.name) if table.name in there else ()):
            wanted |= _triggers(_dialect(connection), table, way, number)
    return wanted


def uninstall(connection: Connection) -> None:
    """Take the triggers out, until `install` puts them back."""
    dialect = _dialect(connection)
    for old in connection.execute(text(dialect.ours), {"ours": f"{PREFIX}%"}).all():
        connection.execute(text(dialect.drop.format(*old)))


def _dialect(connection: Connection) -> Dialect:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE


@event.listens_for(db.metadata, "after_create")
def _install_with_tables(metadata: MetaData, connection: Connection, **_rest: object) -> None:
    install(connection, metadata)


@dataclass(frozen=True)
class Dialect:
    """How a database is told to note changes."""

    ours: str
    drop: str
    create: tuple[str, ...]


_SQLITE = Dialect(
    ours="SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :ours",
    drop="DROP TRIGGER {0}",
    create=("CREATE TRIGGER {name} AFTER {act} ON {table} BEGIN {note}; END",),
)
_POSTGRESQL = Dialect(
    ours=(
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgname LIKE :ours"
    ),
    drop="DROP TRIGGER {0} ON {1}",
    create=(
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN {note}; RETURN NULL; END $$",
        "CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ),
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
