"""How each connection to a database is set up: nothing lost, and no waiting for ever."""

from __future__ import annotations

import sqlite3
from typing import Any

from click import get_current_context
from flask import current_app, has_app_context
from sqlalchemy import Engine, event

from community.core import slow_statements, writers

BUSY_SECONDS = 5
READ_ONLY = "25006"  # What PostgreSQL calls it when a replica is asked to write.


def set_up() -> None:
    """Let every connection of every engine be prepared as it is opened."""
    event.listen(Engine, "connect", _prepare)
    event.listen(Engine, "begin", _begin)
    writers.set_up()
    slow_statements.set_up()
    event.listen(Engine, "handle_error", _leave_a_server_that_writes_no_more)


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401
    """Set up SQLite for many readers, one writer and nothing lost; PostgreSQL for no long waits."""
    if not isinstance(connection, sqlite3.Connection):
        _limit_waiting(connection)
        return
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {_synchronous()}")
    connection.execute("PRAGMA foreign_keys = ON")


def _limit_waiting(connection: Any) -> None:  # noqa: ANN401
    """Let no page wait for ever, neither for an answer nor for a row that another holds.

    The worker and the commands have as long as they need.
    """
    if not has_app_context():
        return
    serves_pages = get_current_context(silent=True) is None
    seconds = current_app.config["DATABASE_SECONDS"] if serves_pages else 0
    was, connection.autocommit = connection.autocommit, True
    connection.execute(f"SET statement_timeout = '{seconds}s'")
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS if serves_pages else 0}s'")
    connection.execute("SET TIME ZONE 'UTC'")
    connection.execute("SET idle_in_transaction_session_timeout = '10min'")
    connection.autocommit = was


def _synchronous() -> str:
    if has_app_context():
        return str(current_app.config.get("SQLITE_SYNCHRONOUS", "FULL"))
    return "FULL"


def _begin(connection: Any) -> None:  # noqa: ANN401
    """Begin by ourselves: the sqlite3 module would do it later than the reading."""
    if connection.dialect.name != "sqlite":
        return
    if connection.get_execution_options().get("begin_immediate"):
        writers.begin(connection, BUSY_SECONDS)
    else:  # Takes no lock, so it cannot fail. Past what watches statements: every page begins so.
        connection.connection.dbapi_connection.execute("BEGIN")


def _leave_a_server_that_writes_no_more(context: Any) -> None:  # noqa: ANN401
    """Take a primary that has become a replica for gone, so that the next try finds the new one."""
    if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
        context.is_disconnect = True
