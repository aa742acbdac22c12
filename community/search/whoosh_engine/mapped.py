"""A segment as the system maps it into memory: read where it lies, and shared by all processes.

Whoosh maps the file, too, but then copies all of it into each process, though it reads little.
"""

from __future__ import annotations

import io
from typing import Any

from whoosh.codec.base import Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import BufferFile, StructFile


class Window:
    """A part of what is mapped, to be read like a file."""

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; all that are left where no number is given."""
        end = len(self._buffer) if size is None or size < 0 else self._at + size
        piece = bytes(self._buffer[self._at : end])
        self._at += len(piece)
        return piece

    def readline(self) -> bytes:
        """Return the rest of the line. Only what Whoosh pickled is read so, and that is short."""
        rest = io.BytesIO(self._buffer[self._at :])
        line = rest.readline()
        self._at += len(line)
        return line

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the beginning, from here or from the end."""
        starts = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._buffer)}
        self._at = max(0, starts[whence] + offset)
        return self._at

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at


class MappedFile(BufferFile):  # type: ignore[misc]  # Whoosh says nothing of its types.
    """A file of a segment, of which nothing is copied before it is read."""

    def __init__(self, buffer: memoryview, name: str | None = None) -> None:
        StructFile.__init__(self, Window(buffer), name=name)
        self._buf = buffer

    def subset(self, position: int, length: int, name: str | None = None) -> MappedFile:
        """Return a part of it."""
        return MappedFile(self._buf[position : position + length], name or self._name)


class MappedFiles(CompoundStorage):  # type: ignore[misc]
    """The files of one segment, which lie one after the other in one."""

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:  # noqa: ANN401
        """Open one of them. What cannot be mapped is read as Whoosh does it."""
        if self.is_closed or not self._source:
            return super().open_file(name, *args, **kwargs)
        offset, length = self.range(name)
        return MappedFile(memoryview(self._source)[offset : offset + length], name)


def let_map(segment: Segment) -> Segment:
    """Let the files of a segment be opened so."""

    def opened(storage: Storage) -> MappedFiles:
        file = storage.open_file(segment.make_filename(segment.COMPOUND_EXT))
        return MappedFiles(file, use_mmap=storage.supports_mmap)

    segment.open_compound_file = opened
    return segment
