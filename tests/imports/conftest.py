"""Old communities for the tests: made up and committed, or real and beside the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
