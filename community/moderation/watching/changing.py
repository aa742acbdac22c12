"""What watched words do to a text: what is found in it, and how it reads when they are gone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from community.moderation.watching.patterns import BLACK, Found, Watched, WordAct, places, stands_in

CHANGING = frozenset({WordAct.CENSOR, WordAct.REPLACE})
# Marks of which readers see nothing, put between letters so that a word is not found.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def found_in(text: str, words: Iterable[Watched], language: str) -> list[Watched]:
    """Return which words stand in a text, read as people read it."""
    seen = as_read(text)
    return [each for each in _of(words, language) if stands_in(each, seen)]


def changed(text: str, words: Sequence[Watched], language: str) -> str:
    """Return a text in which words are blackened or replaced; what came first, wins."""
    wanted = [each for each in _of(words, language) if each.act in CHANGING]
    if not wanted:
        return text
    found = sorted(place for each in wanted for place in places(each, text))
    parts, last = [], 0
    for place in found:
        if place.start < last:
            continue
        parts += [text[last : place.start], _instead(text, place)]
        last = place.end
    return "".join([*parts, text[last:]])


def as_read(text: str) -> str:
    """Return a text without hidden marks, and with letters of other shapes as the usual ones."""
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE))


def _of(words: Iterable[Watched], language: str) -> Iterable[Watched]:
    return (each for each in words if each.language in {"", language})


def _instead(text: str, place: Found) -> str:
    if place.watched.act == WordAct.REPLACE:
        return place.watched.instead
    return "".join(BLACK if each.isalnum() else each for each in text[place.start : place.end])
