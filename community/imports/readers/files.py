"""Files as streams of rows: each row a dict, memory constant, damage named by its place.

XML is read with expat itself rather than into a tree: nothing is kept but the row at hand,
and the parser knows line and byte of what it stumbles over. A document type is refused, since
only there can entities be declared: no entity bombs, no files of this machine read by the XML.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol
from xml.parsers import expat

from community.imports.errors import Damaged

CHUNK = 256 * 1024
LARGEST_ROW = 8 * 1024 * 1024

Row = dict[str, str]


class RowFile(Protocol):
    """A file of rows. `position` is how many of its `size` bytes have been read."""

    path: Path
    size: int
    position: int

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows from the first one on. Raises Damaged after the last good one."""


def find(folder: Path, name: str) -> Path | None:
    """Return the file of this name, in upper or lower case, or None if it is missing."""
    for path in sorted(folder.iterdir()):
        if path.name.lower() == name.lower() and path.is_file():
            return path
    return None


class _Refused(Exception):
    """The file asks for something that a dump never needs."""


class XmlRows:
    """The `<row …/>` elements of a file, as the dumps of Stack Exchange have them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.position = 0

    def __iter__(self) -> Iterator[Row]:
        self.position = 0
        found: list[Row] = []
        parser = _parser(found)
        waiting = 0
        with self.path.open("rb") as stream:
            while True:
                chunk = stream.read(CHUNK)
                damage = self._feed(parser, chunk)
                waiting = 0 if found else waiting + len(chunk)
                yield from found
                found.clear()
                if damage is None and waiting > LARGEST_ROW:
                    damage = self._damage(parser, f"a row of more than {LARGEST_ROW} bytes")
                if damage is not None:
                    raise damage
                self.position += len(chunk)
                if not chunk:
                    return

    def _feed(self, parser: expat.XMLParserType, chunk: bytes) -> Damaged | None:
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            return self._damage(parser, expat.ErrorString(error.code))
        except _Refused as refusal:
            return self._damage(parser, str(refusal))
        return None

    def _damage(self, parser: expat.XMLParserType, reason: str) -> Damaged:
        offset = max(parser.CurrentByteIndex, 0)
        return Damaged(self.path, parser.CurrentLineNumber, offset, reason)


def _parser(found: list[Row]) -> expat.XMLParserType:
    """Return a parser that appends the attributes of every row to `found`."""

    def keep(tag: str, attributes: Row) -> None:
        if tag == "row":
            found.append(attributes)

    def refuse(*_declaration: object) -> None:
        raise _Refused("a document type or entity is declared, which no dump needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = keep
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


class CsvRows:
    """The rows of a CSV file in UTF-8 whose first line names the columns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.position = 0
        self._line = 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows. One with too many or too few columns comes as an empty row."""
        self.position = self._line = 0
        csv.field_size_limit(LARGEST_ROW)
        with self.path.open("rb") as stream:
            lines = csv.reader(self._decoded(stream), strict=True)
            columns = self._next(lines) or []
            while (values := self._next(lines)) is not None:
                if len(values) == len(columns):
                    yield dict(zip(columns, values, strict=True))
                elif self.position == self.size:
                    reason = f"the file ends in the middle of a row ({len(values)} columns)"
                    raise Damaged(self.path, self._line, self.position, reason)
                else:
                    yield {}

    def _next(self, lines: Iterator[list[str]]) -> list[str] | None:
        line, offset = self._line + 1, self.position
        try:
            return next(lines, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise Damaged(self.path, line, offset, str(error)) from error

    def _decoded(self, stream: BinaryIO) -> Iterator[str]:
        while line := stream.readline(LARGEST_ROW):
            if len(line) == LARGEST_ROW:
                raise csv.Error(f"a line of more than {LARGEST_ROW} bytes")
            self.position += len(line)
            self._line += 1
            text = line.decode("utf-8-sig" if self._line == 1 else "utf-8")
            yield text.replace("\0", "")
