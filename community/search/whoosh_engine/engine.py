"""Whoosh behind the socket: one folder, one writer at a time, readers that notice changes."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from whoosh.index import EmptyIndexError, FileIndex

from community.search import answering, indexing, likeness
from community.search.engine import Document, Found, Unusable
from community.search.matching import Match, Text
from community.search.query import Query
from community.search.spelling import Vocabulary
from community.search.whoosh_engine import building, schema
from community.search.whoosh_engine.folder import IndexFolder
from community.search.whoosh_engine.shelf import Segment, SegmentShelf

log = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE = 30.0  # seconds to wait while another process writes
TRIES = 5  # to open an index while another process replaces it


@dataclass(frozen=True)
class Snapshot:
    """The index as it stood at one commit."""

    name: str
    index: FileIndex
    generation: int
    segments: dict[str, Segment]
    shelves: tuple[SegmentShelf, ...]

    @classmethod
    def of(cls, name: str, index: FileIndex, known: dict[str, Segment]) -> Snapshot:
        """Open the newest commit of an index, except for the segments that are open already."""
        contents = index._read_toc()
        segments = {
            each.segment_id(): known.get(each.segment_id()) or Segment(index.storage, each)
            for each in contents.segments
        }
        shelves = tuple(
            SegmentShelf(segments[each.segment_id()], frozenset(each.deleted_docs()))
            for each in contents.segments
        )
        return cls(name, index, contents.generation, segments, shelves)

    def texts(self, match: Match) -> Text:
        """Return what is shown of a match."""
        return self.shelves[match.shelf].texts(match)

    def check(self) -> None:
        """Read a little of everything."""
        for shelf in self.shelves:
            shelf.check()

    def close(self) -> None:
        """Let go of the files."""
        for segment in self.segments.values():
            segment.close()

    @cached_property
    def words(self) -> Vocabulary:
        """The words of all titles. Read when a search holds an unknown word."""
        counted: Counter[str] = Counter()
        for shelf in self.shelves:
            counted.update(shelf.words_of_titles())
        return Vocabulary(counted)


class WhooshEngine:
    """Keeps its index in a folder. Nothing is opened before the first search."""

    def __init__(self, folder: str | Path, patience: float = PATIENCE) -> None:
        self._folder = IndexFolder(Path(folder))
        self._patience = patience
        self._snapshot: Snapshot | None = None
        self._in_memory = True
        self._lock = threading.Lock()

    def put(self, documents: Iterable[Document]) -> None:
        rows = {document.key: schema.row(document) for document in documents}
        self._change(rows.keys(), rows.values())

    def remove(self, keys: Iterable[str]) -> None:
        self._change(keys, ())

    def _change(self, outdated: Iterable[str], rows: Iterable[schema.Row]) -> None:
        """Swap outdated rows for these in one commit."""
        with self._folder.writing(self._patience):
            try:
                building.change(self._folder.opened(self._folder.current()), outdated, rows)
            except Unusable:
                raise
            except Exception as error:
                log.exception("The search index cannot be written")
                self._report()
                raise Unusable("The search index cannot be written.") from error

    def replace_all(self, documents: Iterable[Document]) -> int:
        with self._folder.writing(self._patience):
            self._folder.forget_unused()
            name, index = self._folder.fresh()
            count = building.fill(index, map(schema.row, documents))
            self._folder.use(name)
        return count

    def find(self, query: Query, page: int, size: int) -> Found:
        return self._read(
            lambda now: answering.answer(
                now.shelves, query, now.texts, lambda: now.words, (page, size)
            )
        )

    def similar(self, title: str, body: str, limit: int) -> list[str]:
        return self._read(
            lambda now: [
                now.texts(match).key for match in likeness.alike(now.shelves, title, body, limit)
            ]
        )

    def fingerprints(self) -> dict[str, int]:
        return self._read(
            lambda now: {
                text.key: indexing.fingerprint(text.title, text.text)
                for shelf in now.shelves
                for text in shelf.every_text()
            }
        )

    def spare_memory(self) -> None:
        with self._lock:
            had, self._snapshot, self._in_memory = self._snapshot, None, False
        if had is not None:
            had.close()

    def check(self) -> None:
        self._on_disk()
        if self._folder.is_reported(self._folder.current()):
            raise Unusable("A search could not read the search index.")

    def _on_disk(self) -> None:
        """Read a little from the files themselves: who only asks whether it can be read needs
        none of it in memory.
        """

        def look() -> None:
            name = self._folder.current()
            snapshot = Snapshot.of(name, self._folder.opened(name, in_memory=False), {})
            try:
                snapshot.check()
            finally:
                snapshot.close()

        self._guarded(lambda: self._tried(look))

    def _read(self, look: Callable[[Snapshot], T]) -> T:
        """Look at the index as it stands."""
        return self._guarded(lambda: look(self._latest()))

    def _guarded(self, look: Callable[[], T]) -> T:
        """Look at the index. Whatever goes wrong there means that it is broken."""
        try:
            return look()
        except Unusable:
            raise
        except Exception as error:
            log.exception("The search index cannot be read")
            self._report()
            raise Unusable("The search index cannot be read.") from error

    def _report(self) -> None:
        """Open everything anew next time, and let the worker know."""
        self._snapshot = None
        with suppress(OSError, Unusable):
            self._folder.report(self._folder.current())

    def _latest(self) -> Snapshot:
        """Return the newest commit, opened. Another process may replace it at any moment."""
        with self._lock:
            self._snapshot = self._tried(self._reopened)
            return self._snapshot

    def _tried(self, open_: Callable[[], T]) -> T:
        """Try again if another process swapped the index between looking and opening."""
        for attempt in range(TRIES):
            try:
                return open_()
            except (FileNotFoundError, EmptyIndexError):
                if attempt == TRIES - 1:
                    raise
        raise Unusable("The search index changes too fast to be opened.")

    def _reopened(self) -> Snapshot:
        """Return the snapshot in hand if it is the newest, or else the newest."""
        had, name = self._snapshot, self._folder.current()
        if had is None or had.name != name:
            index, segments = self._folder.opened(name, in_memory=self._in_memory), {}
        else:
            index, segments = had.index, had.segments
            if index.latest_generation() == had.generation:
                return had
        return Snapshot.of(name, index, segments)
