"""What can be wrong with the files of another forum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class Damaged(Exception):
    """A file cannot be read further than here. What came before is good."""

    path: Path
    line: int
    offset: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path.name}, line {self.line}, byte {self.offset}: {self.reason}"


class NothingToImport(Exception):
    """The folder holds no file that this import knows."""


class AnotherCommunity(Exception):
    """These files belong to another community than the one that came in before."""
