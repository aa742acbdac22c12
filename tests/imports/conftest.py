"""Old communities for the tests: made up and committed, or real and beside the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from community.core.clock import now
from community.core.db import db
from community.imports import moving
from community.imports.links import Links
from community.imports.progress import Progress
from community.imports.readers import kitsune as kitsune_reader
from community.imports.readers import stack_exchange
from community.imports.texts import make_ready
from community.imports.writers.forum import Forum, Wishes

MADE_UP = Path(__file__).parent / "dumps"
REAL = Path("../shared/data")


@pytest.fixture
def kettles(tmp_path: Path) -> Path:
    """A small Stack Exchange dump that a test may damage."""
    return Path(shutil.copytree(MADE_UP / "kettles", tmp_path / "kettles"))


@pytest.fixture
def kitsune(tmp_path: Path) -> Path:
    """A small Kitsune export that a test may damage."""
    return Path(shutil.copytree(MADE_UP / "kettles-kitsune", tmp_path / "kitsune"))


@pytest.fixture
def real():
    """Real communities by name: real("cardano"). Skips where they are not at hand."""

    def _folder(name: str) -> Path:
        folder = REAL / name
        if not folder.is_dir():
            pytest.skip(f"the community {name} is not beside the project")
        return folder

    return _folder


@pytest.fixture
def move_in():
    """Let a folder move in: move_in(folder, kitsune=True, rehearsal=True) gives the report."""

    def _move_in(folder: Path, *, kitsune: bool = False, old_address: str = "", **wishes):
        reader = kitsune_reader if kitsune else stack_exchange
        source = reader.source(folder, now())
        forum = Forum(source.name, Wishes(**{"product": "Kettles", "language": "en"} | wishes))
        links = Links(source.name, old_address)
        workshop = Here(links)
        moving.move_in(source, forum, workshop, Progress(source))
        if not forum.rehearsal:
            moving.settle(source, workshop)
            moving.finish(source.name)
        db.session.expire_all()
        return forum.report

    return _move_in


@pytest.fixture
def everything():
    """Count the rows of every table that an import may fill, but the log of changes."""

    def _everything() -> dict[str, int]:
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table))
            for table in db.metadata.sorted_tables
            if table.name != "changes"
        }

    return _everything


class Here:
    """A workshop in this process, for tests that are not about processes."""

    def __init__(self, links: Links) -> None:
        self.links = links

    def begin(self, texts):
        ready = make_ready(texts, self.links)
        return lambda: ready
