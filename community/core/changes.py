"""What changed lately, as the database itself notes it: so that a kept page is never wrong.

A trigger on every table writes one row into `changes`, in the transaction of the change: no
service, command or import can forget to. A process reads the new rows a few times a second and
then knows which of the pages it keeps are still right. docs/decisions/0120-kept-pages.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    MetaData,
    String,
    Table,
    delete,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, db, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded

# A process that has not looked for longer than this forgets everything it keeps.
REMEMBERED = timedelta(minutes=10)
# PostgreSQL gives numbers before it commits, so a lower number may appear after a higher one.
LOOKED_BACK = 500
# With more new rows than this, as during an import, it is quicker to forget everything.
MOST_ROWS = 5_000
EVERYTHING = "*"
PREFIX = "note_change_of_"

Topic = tuple[str, int]


class Change(Model):
    """One thing that is no longer as it was: the kind, and which one."""

    __tablename__ = "changes"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    kind: Mapped[str] = mapped_column(String(30))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.current_timestamp(), index=True)


@dataclass(frozen=True)
class Noted:
    """How changes of a table are noted: the kind, which number, of which columns, by which acts.

    The number is written twice: for the triggers, in SQL with {row} for the row; and for rows
    that were loaded, in Python.
    """

    kind: str = EVERYTHING
    number: str = "0"
    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    acts: tuple[str, ...] = ("insert", "update", "delete")
    of: Callable[[Any], int] | None = None


_quiet: set[str] = {"changes", "alembic_version"}
_everywhere: set[str] = set()
_noted: dict[str, list[Noted]] = {}


def unnamed(metadata: MetaData = db.metadata) -> set[str]:
    """Return the tables of which nobody said yet what guests see of them."""
    return metadata.tables.keys() - _quiet - _everywhere - _noted.keys()


def topic_of(row: Model) -> Topic | None:
    """Return the topic that changes when this row does; None if everything does, or nothing."""
    for way in _noted.get(row.__tablename__, ()):
        if way.of is not None:
            return way.kind, way.of(row)
    return None


def quiet(*tables: str) -> None:
    """Say that nothing that guests see comes from these tables."""
    _quiet.update(tables)


def everywhere(*tables: str) -> None:
    """Say that any page may show something of these tables: their changes change everything."""
    _everywhere.update(tables)


def noted(table: str, *ways: Noted) -> None:
    """Say how changes of a table are noted. What is not said here changes everything."""
    _noted[table] = list(ways)


def install(connection: Connection, metadata: MetaData = db.metadata) -> None:
    """Put the triggers of today's tables into the database, in place of older ones."""
    dialect = _dialect(connection)
    uninstall(connection)
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables if Change.__tablename__ in there else ():
        if table.name in there - _quiet:
            for number, way in enumerate(_noted.get(table.name, [Noted()])):
                for statement in _triggers(dialect, table, way, number):
                    connection.execute(text(statement))


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


def _triggers(dialect: Dialect, table: Table, way: Noted, number: int) -> Iterator[str]:
    """Yield the statements that create the triggers of a table; no word comes from outside."""
    for act, rows in (("insert", ["NEW"]), ("update", ["NEW", "OLD"]), ("delete", ["OLD"])):
        if act not in way.acts or (way.only and act != "update"):
            continue
        name = f"{PREFIX}{table.name}_{act}_{number}"
        when = act.upper() + (_of_columns(table, way) if act == "update" else "")
        # What moved from one thread to another changed both; UNION leaves out the same twice.
        numbers = [f"SELECT '{way.kind}', {way.number.format(row=row)}" for row in rows]
        note = f"INSERT INTO changes (kind, number) {' UNION '.join(numbers)}"
        for pattern in dialect.create:
            yield pattern.format(name=name, act=when, table=table.name, note=note)


def _of_columns(table: Table, way: Noted) -> str:
    if not way.only and not way.but:
        return ""
    columns = way.only or [each.name for each in table.columns if each.name not in way.but]
    return f" OF {', '.join(columns)}"


def read(after: int) -> list[Any]:
    """Return the changes after a number, the latest first; at most MOST_ROWS."""
    rows = select(Change.id, Change.kind, Change.number).where(Change.id > after)
    return list(db.session.execute(rows.order_by(Change.id.desc()).limit(MOST_ROWS)))


@periodic("forget_changes", minute="*/5")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Delete what every process has read long ago; keep the latest, by which it goes on."""
    latest = db.session.scalar(select(func.max(Change.id))) or 0
    old = Change.at < now() - REMEMBERED
    db.session.execute(delete(Change).where(old, Change.id < latest - 2 * LOOKED_BACK))
