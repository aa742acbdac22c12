"""Writing a Whoosh index: a few changes at once, or all of it anew."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from community.search import indexing
from community.search.whoosh_engine import schema

MOST_SEGMENTS = 8  # each costs every search a little
MERGED_AT_ONCE = 6  # of the smallest, when there are too many
WORN = 0.2  # share of deleted documents above which a segment is written anew
FEW_DELETED = 50  # documents; not worth it below

Posting = tuple[str, bytes, int, float, bytes]  # field, term, document number, weight, payload


class CompactPool:
    """Postings waiting to be written, at eight bytes each.

    Whoosh's own pool keeps a tuple for each, sorts them all, and swaps to disk above its limit.
    Documents come in the order of their numbers, so one list per term is sorted already: for
    15,000 threads this takes 30 MB instead of 250, and half the time.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, tuple[array[int], array[int]]]] = {}

    def add(self, posting: Posting) -> None:
        """Keep a posting."""
        field, term, number, weight, _ = posting
        terms = self._fields.setdefault(field, {})
        if term not in terms:
            terms[term] = array("I"), array("H")
        numbers, steps = terms[term]
        numbers.append(number)
        steps.append(int(weight * indexing.STEPS))

    def iter_postings(self) -> Iterator[Posting]:
        """Yield all postings, field by field, term by term, document by document."""
        for field, terms in sorted(self._fields.items()):
            for term in sorted(terms):
                numbers, steps = terms[term]
                for number, step in zip(numbers, steps, strict=True):
                    yield field, term, number, step / indexing.STEPS, b""

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


def change(index: FileIndex, outdated: Iterable[str], rows: Iterable[schema.Row]) -> None:
    """Swap the rows with outdated keys for these in one commit, so that no key is there twice."""
    writer = _writer(index)
    try:
        for key in outdated:
            writer.delete_by_term("key", key)
        _add(writer, rows)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=tidy)


def fill(index: FileIndex, rows: Iterable[schema.Row]) -> int:
    """Write all rows into an empty index; return how many there are."""
    writer = _writer(index)
    try:
        count = _add(writer, rows)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


def tidy(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merge the smallest segments when there are too many, and those that are worn; keep the rest.

    Whoosh calls this at a commit; what is merged becomes part of the segment being written.
    """
    by_size = sorted(segments, key=lambda each: each.doc_count_all())
    small = by_size[:MERGED_AT_ONCE] if len(segments) >= MOST_SEGMENTS else []
    merged = [each for each in segments if each in small or _is_worn(each)]
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [each for each in segments if each not in merged]


def _is_worn(segment: Segment) -> bool:
    return bool(segment.deleted_count() > max(FEW_DELETED, WORN * segment.doc_count_all()))


def _add(writer: SegmentWriter, rows: Iterable[schema.Row]) -> int:
    count = 0
    for row in rows:
        writer.add_document(**row)
        count += 1
    return count


def _writer(index: FileIndex) -> SegmentWriter:
    codec = W3Codec(compression=1)
    codec.length_stats = False  # ours are in the weights; Whoosh would look for a file per posting
    writer = SegmentWriter(index, codec=codec)
    writer.pool = CompactPool()
    return writer
