"""The forums that are measured: kept, made where missing, copied before anything is written.

instance/bench holds the real community, instance/bench-15000 one of so many questions in its shape;
bench.postgresql keeps such in PostgreSQL.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import psutil
from sqlalchemy import Connection, create_engine

from config import ROOT, environment_with

INSTANCE = ROOT / "instance"
REAL = INSTANCE / "bench"


@dataclass(frozen=True)
class Forum:
    """A forum that may be written into. An empty address stands for SQLite in its folder."""

    folder: Path
    database_url: str = ""
    database_server: psutil.Process | None = None

    @property
    def settings(self) -> dict[str, str]:
        """What its processes are started with, whatever else the environment says."""
        folder, url = str(self.folder), self.database_url
        own = {"INSTANCE_FOLDER": folder, "DATABASE_URL": url, "RATE_LIMITS": "off"}
        return own | dict.fromkeys(("DATABASE_REPLICA_URL", "REDIS_URL", "SEARCH_BACKEND"), "")

    def bring_up_to_date(self) -> None:
        """Run the migrations that came since it was made."""
        words = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        subprocess.run(words, cwd=ROOT, env=environment_with(**self.settings), check=True)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Open its database; what is written is there when the block ends."""
        engine = create_engine(self.database_url or f"sqlite:///{self.folder / 'tertulia.db'}")
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


class Shelf(Protocol):
    """Where forums of many sizes are kept."""

    def make(self, questions: int) -> None:
        """Make the forum of a size, unless it is there."""

    def copied(self, questions: int) -> AbstractContextManager[Forum]:
        """Lend a copy of it, which is gone afterwards."""


class Folders:
    """Keeps forums in SQLite, each in a folder of its own."""

    def __init__(self, shape: Path = REAL, kept: Path = INSTANCE) -> None:
        self._shape, self._kept = shape, kept

    def make(self, questions: int) -> None:
        """Make the forum of a size, unless it is there."""
        folder = self._folder(questions)
        if not folder.exists():
            # What was given up half way is not taken for a forum.
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            grow(unfinished, questions, self._shape)
            unfinished.rename(folder)

    def copied(self, questions: int) -> AbstractContextManager[Forum]:
        """Lend a copy of it, which is gone afterwards."""
        return copy_of(self._folder(questions))

    def _folder(self, questions: int) -> Path:
        return self._kept / f"bench-{questions}"


@contextmanager
def copy_of(folder: Path) -> Iterator[Forum]:
    """Lend a copy of a forum in SQLite. It lies beside the forum, where there is room for it."""
    with TemporaryDirectory(prefix=f"{folder.name}-copy-", dir=folder.parent) as place:
        forum = Forum(Path(place) / "forum")
        shutil.copytree(folder, forum.folder)
        forum.bring_up_to_date()
        yield forum


def grow(folder: Path, questions: int, shape: Path, database_url: str = "") -> None:
    """Make a forum of so many questions in the shape of another: the same each time."""
    print(f"Making a forum of {questions:,} questions; this happens once.", flush=True)
    words = [sys.executable, "-m", "bench.grow", "--questions", str(questions), "--seed", "1"]
    words += ["--shape", str(shape.resolve()), str(folder)]
    settings = environment_with(DATABASE_URL=database_url)
    subprocess.run(words, cwd=ROOT, env=settings, check=True)
