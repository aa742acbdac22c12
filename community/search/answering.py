"""From a query to one page of hits, over whatever shelves an engine has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from community.search import likeness, matching, spelling
from community.search.engine import Found, Hit
from community.search.fragments import Marker
from community.search.matching import Match, Shelf
from community.search.query import Query

Texts = Callable[[Match], tuple[str, str, str]]  # key, title and text of a match
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
    marker = Marker(query)
    return Found(
        total=total,
        hits=tuple(_hit(marker, *texts(match)) for match in found[(number - 1) * size :]),
        suggestion=spelling.suggestion(query, shelves, words) if query.every else "",
        loosely=loosely and total > 0,
    )


def _hit(marker: Marker, key: str, title: str, text: str) -> Hit:
    return Hit(key, marker.title(title), marker.fragment(text))
