"""What changed between two texts: line by line, and word by word where lines were changed.

The work is bounded: where very much changed, the old lines are shown before the new ones instead
of being compared word by word, and what stayed the same is left out but for its edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 250
# Below this likeness two passages have only small words in common, and mixing them confuses.
ALIKE = 0.4
EDGE = 2


class Fate(StrEnum):
    """What became of a piece of text; a gap stands for lines that stayed and are left out."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    GAP = "gap"


@dataclass(frozen=True)
class Piece:
    """Some text and what became of it. Of a gap, the number of its lines."""

    fate: Fate
    text: str = ""
    lines: int = 0


@lru_cache(maxsize=256)
def compared(before: str, after: str) -> tuple[Piece, ...]:
    """Return how one text became the other."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            pieces += _shortened(new[c:d], is_first=c == 0, is_last=d == len(new))
        else:
            pieces += _changed("".join(old[a:b]), "".join(new[c:d]))
    return tuple(_joined(pieces))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return how one line became the other, such as a title."""
    return tuple(_joined(list(_changed(before, after))))


def _shortened(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    start, end = (0 if is_first else EDGE), (0 if is_last else EDGE)
    left_out = len(lines) - start - end
    if left_out <= 1:
        yield Piece(Fate.SAME, "".join(lines))
        return
    yield Piece(Fate.SAME, "".join(lines[:start]))
    yield Piece(Fate.GAP, lines=left_out)
    yield Piece(Fate.SAME, "".join(lines[len(lines) - end :]))


def _changed(before: str, after: str) -> Iterator[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    small = max(len(old), len(new)) <= MOST_WORDS
    matcher = SequenceMatcher(None, old, new, autojunk=False) if small else None
    if matcher is None or matcher.ratio() < ALIKE:
        yield Piece(Fate.REMOVED, before)
        yield Piece(Fate.ADDED, after)
        return
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            yield Piece(Fate.SAME, "".join(new[c:d]))
        else:
            yield Piece(Fate.REMOVED, "".join(old[a:b]))
            yield Piece(Fate.ADDED, "".join(new[c:d]))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out empty pieces, and make one of neighbours with the same fate."""
    last: Piece | None = None
    for piece in pieces:
        if not (piece.text or piece.lines):
            continue
        if last is not None and last.fate == piece.fate != Fate.GAP:
            last = Piece(last.fate, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
