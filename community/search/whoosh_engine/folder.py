"""Where indexes lie on disk: one folder each, and a file that names the one in use.

search/           mode 0700: Whoosh unpickles what it reads, so nobody else may write here
  current         the name of the folder in use, replaced by a rename
  index-1-3f…     an index; while another is built beside it, searches read this one
  broken          left by a search that could not read the index; a rebuild takes it away
  writing         the lock of whoever writes: one at a time; a killed process lets go of it
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.util.filelock import FileLock, try_for

from community.search.engine import Busy, NotBuilt
from community.search.whoosh_engine.schema import FORMAT, SCHEMA

POINTER = "current"
REPORT = "broken"
REST = 600  # seconds; an index younger than this is not reported, since a rebuild did not help
PREFIX = f"index-{FORMAT}-"  # an index in an older format is not read, but rebuilt


class IndexFolder:
    """The folder of the search, with the index in use and the one being built."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def current(self) -> str:
        """Return the name of the index in use; raise NotBuilt if there is none."""
        try:
            name = (self._path / POINTER).read_text()
        except FileNotFoundError:
            name = ""
        if not name.startswith(PREFIX) or "/" in name:
            raise NotBuilt("There is no search index yet.")
        return name

    def report(self, name: str) -> None:
        """Tell the worker that this index cannot be read, so that it builds another."""
        age = time.time() - (self._path / name).stat().st_ctime
        if age > REST:
            (self._path / REPORT).write_text(name)

    def is_reported(self, name: str) -> bool:
        """Say whether a search could not read this index."""
        report = self._path / REPORT
        return report.exists() and report.read_text() == name

    def opened(self, name: str, *, in_memory: bool = True) -> FileIndex:
        """Open an index by its name. What Whoosh raises for a broken one is passed on.

        In memory it is searched faster; the processes of a machine have its files there once.
        """
        return FileIndex(FileStorage(str(self._path / name), supports_mmap=in_memory), SCHEMA)

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Be the only one who writes; raise Busy if another still does after `patience` seconds."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.chmod(0o700)
        lock = FileLock(str(self._path / "writing"))
        if not try_for(lock.acquire, timeout=patience, delay=0.05):
            raise Busy("Another process is writing the search index.")
        try:
            yield
        finally:
            lock.release()

    def fresh(self) -> tuple[str, FileIndex]:
        """Make an empty index beside the one in use. It is not searched before `use`."""
        name = PREFIX + secrets.token_hex(8)
        path = self._path / name
        path.mkdir(mode=0o700)
        return name, FileIndex.create(FileStorage(str(path)), SCHEMA)

    def use(self, name: str) -> None:
        """Let searches read this index from now on, and delete all others."""
        beside = self._path / f"{POINTER}.new"
        with beside.open("w") as pointer:
            pointer.write(name)
            pointer.flush()
            os.fsync(pointer.fileno())
        beside.replace(self._path / POINTER)
        (self._path / REPORT).unlink(missing_ok=True)
        self.forget_unused()

    def forget_unused(self) -> None:
        """Delete what an interrupted rebuild left behind. Call it only while `writing`."""
        used = (self._path / POINTER).read_text() if (self._path / POINTER).exists() else ""
        for folder in self._path.glob("index-*"):
            if folder.name != used:
                shutil.rmtree(folder, ignore_errors=True)
