"""Whether every migration has run: looked up without loading the forum, for a quick start."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from config import ROOT, Config

STEP = re.compile(r'^(down_revision|revision)\b[^=]*= *"([^"]+)"', re.MULTILINE)


def are_done(config: Config) -> bool:
    """Tell whether the database is as the code expects it."""
    if config.DATABASE_URL.startswith("postgresql"):
        return _done_on_server(config.DATABASE_URL) == last()
    path = Path(config.DATABASE_URL.removeprefix("sqlite:///"))
    if not path.exists():
        return False
    try:
        return _done(path) == last()
    except sqlite3.DatabaseError as error:
        sys.exit(f"DATABASE_URL: {path} cannot be opened as an SQLite database ({error}).")


def last(folder: Path = ROOT / "migrations" / "versions") -> str:
    """Return the name of the last migration: the one that no other follows."""
    names: set[str] = set()
    followed: set[str] = set()
    for file in folder.glob("*.py"):
        for kind, name in STEP.findall(file.read_text()):
            (names if kind == "revision" else followed).add(name)
    (end,) = names - followed
    return end


def _done(path: Path) -> str | None:
    """Return the name of the last migration that ran, or None if none did."""
    connection = sqlite3.connect(path)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None
    finally:
        connection.close()
    return row[0] if row else None


def _done_on_server(url: str) -> str | None:
    """Return the same of PostgreSQL, whose driver is loaded only where it is used."""
    from sqlalchemy import NullPool, create_engine, inspect, text  # noqa: PLC0415
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    # Without a pool, which would leave the connection open behind.
    server = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    try:
        with server.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            name = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except OperationalError as error:
        sys.exit(f"DATABASE_URL: the PostgreSQL server cannot be used ({error.orig}).")
    return str(name) if name else None
