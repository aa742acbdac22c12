"""A step of an import: one file read once for one kind of thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from community.imports.errors import Damaged
from community.imports.readers.files import Row, RowFile
from community.imports.readers.records import Outcome, Skipped, Taken

Convert = Callable[[Iterable[Row]], Iterator[Taken]]
IDENTITY = ("Id", "id", "CreationDate", "created", "Date", "PostId", "TagName", "question_id")


@dataclass(frozen=True)
class Step:
    """Read `file` and make `kind` of it. `name` is unique within a source."""

    name: str
    kind: str
    file: RowFile
    convert: Convert
    # How much longer a byte of it takes than a byte that is merely read.
    weight: int = 1

    def read(self) -> Iterator[Taken]:
        """Yield what becomes of each row. Raises Damaged after the last good row."""
        return self.convert(self.file)

    def fingerprint(self) -> str:
        """Return what tells this community's file from another's: its first row's identity."""
        try:
            first = next(iter(self.file), {})
        except Damaged:
            return ""
        return " ".join(first[column] for column in IDENTITY if column in first)


@dataclass(frozen=True)
class Source:
    """A community on disk: its steps in the order in which they must be taken."""

    name: str
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()
    # The files do not say when members joined; their first post has to do.
    knows_no_join_dates: bool = False


def each(outcomes_of: Callable[[Row], Iterable[Outcome]]) -> Convert:
    """Turn a function for one row into one for a whole file. A row it cannot read is skipped."""

    def convert(rows: Iterable[Row]) -> Iterator[Taken]:
        for number, row in enumerate(rows, start=1):
            yield Taken(number, attempt(outcomes_of, row))

    return convert


def attempt(outcomes_of: Callable[[Row], Iterable[Outcome]], row: Row) -> tuple[Outcome, ...]:
    """Return what becomes of the row, or say what is missing in it."""
    if not row:
        return (Skipped("wrong number of columns"),)
    try:
        return tuple(outcomes_of(row))
    except KeyError as missing:
        return (Skipped(f"without {missing.args[0]}"),)
    except ValueError:
        return (Skipped("with a number that is none"),)
