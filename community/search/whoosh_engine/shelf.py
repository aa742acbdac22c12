"""One segment of a Whoosh index, read for `matching`.

Whoosh writes segments once and never changes them (deletions are kept beside them), so whatever
was read from one stays true and is remembered as long as there is room.
"""

from __future__ import annotations

import struct
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence, Set

from whoosh.codec.base import Segment as WhooshSegment
from whoosh.codec.whoosh3 import W3LeafMatcher, W3TermsReader
from whoosh.columns import Column, EmptyColumnReader
from whoosh.filedb.filestore import Storage
from whoosh.reading import SegmentReader, TermNotFound

from community.search import indexing, matching
from community.search.matching import Match, Text, Weights
from community.search.whoosh_engine.mapped import let_map
from community.search.whoosh_engine.schema import CREATED, SCHEMA, SCORE, STREAM

MOST_REMEMBERED = 400_000  # places of words kept in memory per segment; some 25 MB
MOST_SHARED = 100_000  # documents of a segment whose numbers are in memory once, and not per word
LEAST_REMEMBERED = 64  # places of a word; rarer ones are as quick to read again
_STEPS = [step / indexing.STEPS for step in range(2048)]  # shared, so that each is in memory once


class Segment:
    """The files of a segment, and what was read from them."""

    def __init__(self, storage: Storage, segment: WhooshSegment) -> None:
        self._reader = SegmentReader(storage, SCHEMA, let_map(segment))
        self._lock = threading.Lock()  # files have one position, threads are many
        self._words: OrderedDict[str, Weights] = OrderedDict()
        self._room = MOST_REMEMBERED
        self._facets: dict[str, Set[int]] = {}
        self._titles: dict[str, int] | None = None
        self.count = int(segment.doc_count_all())
        numbers = range(self.count)
        self._numbers = list(numbers) if self.count <= MOST_SHARED else numbers
        self._streams = self._reader.column_reader("stream", STREAM, translate=False)
        self.created = self._column("created", CREATED)
        self.scores = self._column("score", SCORE)

    def _column(self, name: str, column: Column) -> list[int]:
        """Read a whole column at once. What its writer left out at the end is 0."""
        values = self._reader.column_reader(name, column, translate=False)
        if isinstance(values, EmptyColumnReader):
            return [0] * self.count
        packed = values._dbfile.get(values._basepos, values._count * values._fixedlen)
        read = struct.unpack(f"!{values._count}{values._typecode}", packed)
        return [*read, *[0] * (self.count - len(read))]

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def word(self, word: str) -> Weights:
        """Return the documents with any form of the word."""
        with self._lock:
            found = self._words.get(word)
            if found is not None:
                self._words.move_to_end(word)
                return found
            found = matching.any_form(self._weights, word)
            if len(found) >= LEAST_REMEMBERED:
                self._remember(word, found)
            return found

    def _remember(self, word: str, found: Weights) -> None:
        self._words[word] = found
        self._room -= len(found)
        while self._room < 0:
            _, dropped = self._words.popitem(last=False)
            self._room += len(dropped)

    def _weights(self, term: str) -> Weights:
        matcher = self._postings("terms", term)
        return {} if matcher is None else _places(matcher, self._numbers)

    def facet(self, name: str) -> Set[int]:
        """Return the documents of a facet."""
        with self._lock:
            if name not in self._facets:
                matcher = self._postings("facets", name)
                self._facets[name] = frozenset(_places(matcher, self._numbers) if matcher else ())
            return self._facets[name]

    def how_many(self, term: str) -> int:
        """Return how many documents hold the term."""
        with self._lock:
            try:
                return int(self._reader._terms.doc_frequency("terms", term.encode()))
            except (KeyError, TermNotFound):
                return 0

    def _postings(self, field: str, term: str) -> W3LeafMatcher | None:
        """Return the places of a term. The reader's own method would filter and score them."""
        try:
            return self._reader._terms.matcher(field, term.encode(), SCHEMA[field].format)
        except TermNotFound:
            return None

    def stream(self, number: int) -> bytes:
        """Return the terms of a document in order."""
        with self._lock:
            return bytes(self._streams[number])

    def texts(self, number: int) -> Text:
        """Return what is shown of a document."""
        with self._lock:
            stored: Mapping[str, str] = self._reader.stored_fields(number)
        return Text(stored["key"], stored["title"], stored["text"], stored["lang"])

    def words_of_titles(self) -> dict[str, int]:
        """Return the words of titles as written, and in how many titles each is."""
        with self._lock:
            if self._titles is None:
                self._titles = dict(_titles(self._reader._terms))
            return self._titles


def _titles(terms: W3TermsReader) -> Iterator[tuple[str, int]]:
    """Yield the words of titles and how many titles have them."""
    for (field, text), counted in terms.items_from("words", b""):
        if field != "words":
            return
        yield text.decode(), int(counted.doc_frequency())


def _places(matcher: W3LeafMatcher, numbers: Sequence[int]) -> dict[int, float]:
    """Read all places of a term, block by block; each number is taken from those given."""
    found: dict[int, float] = {}
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        steps = [_STEPS[int(weight * indexing.STEPS)] for weight in matcher._weights]
        found.update(zip(map(numbers.__getitem__, matcher._ids), steps, strict=True))
        matcher._next_block()
    return found


class SegmentShelf:
    """A segment as it stood at one commit: its documents without those deleted by then."""

    def __init__(self, segment: Segment, deleted: frozenset[int]) -> None:
        self._segment = segment
        self._deleted = deleted

    def __len__(self) -> int:
        return self._segment.count

    def word(self, word: str) -> Weights:
        return self._segment.word(word)

    def how_many(self, term: str) -> int:
        return self._segment.how_many(term)

    def members(self, facet: str) -> Set[int]:
        return self._segment.facet(facet)

    def deleted(self) -> frozenset[int]:
        return self._deleted

    def holds(self, number: int, streams: Sequence[str]) -> bool:
        found = self._segment.stream(number)
        return any(stream.encode() in found for stream in streams)

    def created(self) -> Sequence[int]:
        return self._segment.created

    def scores(self) -> Sequence[int]:
        return self._segment.scores

    def texts(self, match: Match) -> Text:
        """Return what is shown of a match."""
        return self._segment.texts(match.number)

    def every_text(self) -> Iterator[Text]:
        """Yield what is shown of each document that is not deleted."""
        for number in range(len(self)):
            if number not in self._deleted:
                yield self._segment.texts(number)

    def words_of_titles(self) -> dict[str, int]:
        """Return the words of titles as written, and in how many titles each is."""
        return self._segment.words_of_titles()

    def check(self) -> None:
        """Read a little of everything. Whoosh raises what it will if that cannot be read."""
        self._segment.facet("solved:yes")
        if len(self):
            self._segment.texts(len(self) - 1)
