"""Which documents fit a query, and how well: plain sets and sums over what an engine keeps.

An engine keeps documents on shelves (Whoosh: segments), numbered from 0 on each. It only has to
say what lies on a shelf; the arithmetic is the same for all engines of this kind.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from community.search import analysis, indexing
from community.search.query import Clause, Leaf, Phrase, Query, Sort, Word

Weights = Mapping[int, float]  # document number: how much it tells about the document
DAY = 86_400  # seconds


class Shelf(Protocol):
    """Documents that lie together."""

    def __len__(self) -> int:
        """Return how many documents there are, the deleted ones included."""

    def word(self, word: str) -> Weights:
        """Return which documents hold the folded word in any form (see `any_form`)."""

    def how_many(self, term: str) -> int:
        """Return how many documents hold the term, without looking which."""

    def members(self, facet: str) -> Set[int]:
        """Return the documents of a facet such as "tag:wifi"."""

    def deleted(self) -> frozenset[int]:
        """Return the documents that must not be shown."""

    def holds(self, number: int, streams: Sequence[str]) -> bool:
        """Say whether the terms of a document come in a row as in one of the streams."""

    def created(self) -> Sequence[int]:
        """Return when each document was written, in seconds since 1970."""

    def scores(self) -> Sequence[int]:
        """Return the votes of each document."""


@dataclass(frozen=True)
class Text:
    """What is shown of a document."""

    key: str
    title: str
    text: str
    lang: str


@dataclass(frozen=True, order=True)
class Match:
    """One document that fits: how well (or how new it is, or its votes), and where it lies."""

    rank: float
    shelf: int
    number: int


def any_form(weights: Callable[[str], Weights], word: str) -> Weights:
    """Return the documents with any form of the word, given those with a term."""
    forms = [_all_of([weights(term) for term in form]) for form in analysis.variants(word)]
    filled = [form for form in forms if form]
    if len(filled) == 1:
        return filled[0]
    best: dict[int, float] = {}
    for form in sorted(filled, key=len, reverse=True):
        shared = best.keys() & form.keys()
        best.update(form if not shared else {n: max(w, best.get(n, 0)) for n, w in form.items()})
    return best


def _all_of(parts: list[Weights]) -> Weights:
    """Return what is in every part, with the weights added up."""
    if len(parts) == 1:
        return parts[0]
    numbers = _common([part.keys() for part in parts])
    return {number: sum(part[number] for part in parts) for number in numbers}


def _common(sets: list[Set[int]]) -> Set[int]:
    first, *others = sorted(sets, key=len)
    for other in others:
        first = first & other
    return first


def rarity(holders: int, documents: int) -> float:
    """Return how much it tells that a document holds a term (the IDF of BM25, never below 0)."""
    return math.log(1 + (documents - holders + 0.5) / (holders + 0.5))


class Asked:
    """One leaf of a query: where it is found on every shelf, and how rare it is."""

    def __init__(self, leaf: Leaf, shelves: Sequence[Shelf], importance: float = 1.0) -> None:
        self.on_shelf = [leaf_weights(shelf, leaf) for shelf in shelves]
        holders = sum(map(len, self.on_shelf))
        self.rarity = importance * rarity(holders, sum(map(len, shelves)))


def leaf_weights(shelf: Shelf, leaf: Leaf) -> Weights:
    """Return the documents with a word in any of its forms, or with a phrase."""
    if isinstance(leaf, Word):
        return shelf.word(leaf.text)
    streams = analysis.streams(leaf.words)
    candidates = _all_of([shelf.word(word) for word in telling_words(leaf)])
    return {n: weight for n, weight in candidates.items() if shelf.holds(n, streams)}


def telling_words(phrase: Phrase) -> list[str]:
    """Return the words of a phrase that are not too common to be looked for; if all are, all."""
    return [word for word in phrase.words if not analysis.is_common(word)] or list(phrase.words)


Clauses = list[list[Asked]]


def asked(clauses: Sequence[Clause], shelves: Sequence[Shelf]) -> Clauses:
    """Look up every leaf of every clause."""
    return [[Asked(leaf, shelves) for leaf in clause] for clause in clauses]


def matches(
    shelves: Sequence[Shelf], query: Query, clauses: Clauses, size: int
) -> tuple[int, list[Match]]:
    """Return how many documents fit in all, and the best `size` of them, best first."""
    found: list[Match] = []
    total = 0
    for place, shelf in enumerate(shelves):
        fitting = _fitting(shelf, place, query, clauses)
        total += len(fitting)
        ranks = _ranks(shelf, place, query.sort, fitting, clauses)
        best = heapq.nlargest(size, ranks)
        found += [Match(rank, place, number) for rank, number in best]
    return total, heapq.nlargest(size, found)


def _fitting(shelf: Shelf, place: int, query: Query, clauses: Clauses) -> Set[int]:
    """Return what fits on one shelf."""
    sets: list[Set[int]] = [
        frozenset().union(*(each.on_shelf[place] for each in clause))
        if len(clause) > 1
        else clause[0].on_shelf[place].keys()
        for clause in clauses
    ]
    sets += _filters(shelf, query)
    unwanted = shelf.deleted().union(*(leaf_weights(shelf, leaf) for leaf in query.none))
    fitting = _common(sets) if sets else frozenset(range(len(shelf)))
    return fitting - unwanted if unwanted else fitting


def _filters(shelf: Shelf, query: Query) -> Iterator[Set[int]]:
    """Yield the documents that each filter lets through."""
    for facet in query.facets:
        yield shelf.members(facet)
    if query.since or query.until:
        first = indexing.first_second(query.since) if query.since else -math.inf
        last = indexing.first_second(query.until) + DAY if query.until else math.inf
        yield {n for n, at in enumerate(shelf.created()) if first <= at < last}


def _ranks(
    shelf: Shelf, place: int, sort: Sort, fitting: Set[int], clauses: Clauses
) -> Iterator[tuple[float, int]]:
    """Yield the rank and number of everything that fits, in the order asked for."""
    if sort == Sort.VOTES:
        votes = shelf.scores()
        return ((votes[number], number) for number in fitting)
    if sort == Sort.NEWEST or not clauses:
        created = shelf.created()
        return ((created[number], number) for number in fitting)
    points = _points(place, fitting, clauses)
    return zip(points.values(), points.keys(), strict=True)


def _points(place: int, fitting: Set[int], clauses: Clauses) -> dict[int, float]:
    """Add up what all words tell about the documents that fit."""
    first, *others = [each for clause in clauses for each in clause]
    get, times = first.on_shelf[place].get, first.rarity
    points = {number: times * get(number, 0.0) for number in fitting}
    for each in others:
        add(points, each.on_shelf[place], each.rarity)
    return points


def add(points: dict[int, float], weights: Weights, times: float) -> None:
    """Add what a word tells about the documents that are in the running."""
    if len(weights) < len(points):
        for number in weights.keys() & points.keys():
            points[number] += times * weights[number]
        return
    get = weights.get
    for number in points:
        points[number] += times * get(number, 0.0)
