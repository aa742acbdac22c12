"""Documents that are about the same as a text: for "similar questions" and for loose searches."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community.search import analysis, matching
from community.search.matching import Asked, Match, Shelf
from community.search.query import Phrase, Query, Word

FREQUENT = 0.15  # share of all documents; a word in more of them tells little and costs most
ALWAYS_TELLING = 15  # documents; in a small community no word is dropped for being in these few
MOST_TITLE_WORDS, MOST_BODY_WORDS = 10, 8
MOST_BODY_LETTERS = 2_000  # of what was typed so far
BODY_IMPORTANCE = 0.35  # of a word of the body, against one of the title
LEAST_SHARED = 0.3  # of what the title tells; less is not about the same
BONUS = 1.25  # solved and official ones come before others that fit this much better


@dataclass(frozen=True)
class Telling:
    """A word and how many documents have it, most telling first."""

    holders: int
    word: str


def alike(shelves: Sequence[Shelf], title: str, body: str, limit: int) -> list[Match]:
    """Return the documents most like a question that is being written, best first."""
    in_title = telling(shelves, words(title), MOST_TITLE_WORDS)
    known = {each.word for each in in_title}
    in_body = telling(shelves, words(body[:MOST_BODY_LETTERS]) - known, MOST_BODY_WORDS)
    subject = [Asked(Word(each.word), shelves) for each in in_title]
    detail = [Asked(Word(each.word), shelves, BODY_IMPORTANCE) for each in in_body]
    found: list[Match] = []
    for place, shelf in enumerate(shelves):
        points = _points(shelf, place, subject, detail)
        best = heapq.nlargest(limit, zip(points.values(), points.keys(), strict=True))
        found += [Match(rank, place, number) for rank, number in best]
    return heapq.nlargest(limit, found)


def _points(
    shelf: Shelf, place: int, subject: Sequence[Asked], detail: Sequence[Asked]
) -> dict[int, float]:
    """Return how well each document of a shelf fits."""
    points = dict.fromkeys(_sharing(place, subject) - shelf.deleted(), 0.0)
    for asked in (*subject, *detail):
        matching.add(points, asked.on_shelf[place], asked.rarity)
    for number in shelf.members("solved:yes") | shelf.members("official:yes"):
        if number in points:
            points[number] *= BONUS
    return points


def _sharing(place: int, subject: Sequence[Asked]) -> set[int]:
    """Return the documents that share enough of the title."""
    shared: dict[int, float] = {}
    for asked in subject:
        for number in asked.on_shelf[place]:
            shared[number] = shared.get(number, 0.0) + asked.rarity
    least = LEAST_SHARED * sum(asked.rarity for asked in subject)
    return {number for number, much in shared.items() if much >= least}


def telling(shelves: Sequence[Shelf], among: set[str], most: int) -> list[Telling]:
    """Return the words that tell most: those that exist and are not in every other document."""
    counted = [Telling(_holders(shelves, word), word) for word in among]
    return most_telling(counted, sum(map(len, shelves)), most)


def most_telling(counted: Iterable[Telling], documents: int, most: int) -> list[Telling]:
    """Choose the rarest of the words that exist and are not in every other document."""
    limit = max(ALWAYS_TELLING, FREQUENT * documents)
    known = [each for each in counted if 0 < each.holders <= limit]
    return heapq.nsmallest(most, known, key=lambda each: (each.holders, each.word))


def _holders(shelves: Sequence[Shelf], word: str) -> int:
    """Return about how many documents have the word: as many as have its most frequent form."""
    forms = analysis.variants(word)
    return sum(
        max((min(map(shelf.how_many, form)) for form in forms), default=0) for shelf in shelves
    )


def words(text: str) -> set[str]:
    """Return the words of a text, folded, without those that are common."""
    chunks = analysis.chunks(analysis.fold(analysis.clean(text)))
    return {chunk for chunk in chunks if not analysis.is_common(chunk)}


def loosened(shelves: Sequence[Shelf], query: Query) -> matching.Clauses:
    """Return the query as one clause: any of its telling words will do."""
    chosen = telling(shelves, asked_for(query), MOST_TITLE_WORDS)
    if not chosen:
        return []
    return [[Asked(Word(each.word), shelves) for each in chosen]]


def asked_for(query: Query) -> set[str]:
    """Return all words that a query wants to find."""
    found: set[str] = set()
    for clause in query.every:
        for leaf in clause:
            found.update(leaf.words if isinstance(leaf, Phrase) else [leaf.text])
    return found
