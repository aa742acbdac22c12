"""From a query to one page of hits, over whatever shelves an engine has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from community.search import likeness, matching, spelling
from community.search.engine import Found, Hit
from community.search.fragments import Marker
from community.search.matching import Match, Shelf, Text
from community.search.query import Query

Texts = Callable[[Match], Text]
Words = Callable[[], spelling.Vocabulary]


def answer(
    shelves: Sequence[Shelf], query: Query, texts: Texts, words: Words, page: tuple[int, int]
) -> Found:
    """Find, rank, and show the page (number, size) with its fragments."""
    number, size = page
    if query.asks_nothing:
        return Found(0, ())
    clauses = matching.asked(query.every, shelves)
    total, found = matching.matches(shelves, query, clauses, number * size)
    loosely = not total and len(query.every) > 1
    if loosely:
        clauses = likeness.loosened(shelves, query)
        if clauses:
            total, found = matching.matches(shelves, query, clauses, number * size)
    shown = [texts(match) for match in found[(number - 1) * size :]]
    return Found(
        total=total,
        hits=hits(query, shown),
        suggestion=spelling.suggestion(query, partial(_holders, shelves), words),
        loosely=loosely and total > 0,
    )


def hits(query: Query, shown: Sequence[Text]) -> tuple[Hit, ...]:
    """Return the texts with the places that match marked."""
    markers = {lang: Marker(query, lang) for lang in {text.lang for text in shown}}
    return tuple(_hit(markers[text.lang], text) for text in shown)


def _hit(marker: Marker, text: Text) -> Hit:
    return Hit(text.key, marker.title(text.title), marker.fragment(text.text))


def _holders(shelves: Sequence[Shelf], word: str) -> int:
    return sum(len(shelf.word(word)) for shelf in shelves)
