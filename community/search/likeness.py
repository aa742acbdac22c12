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
LEAST_ALONE = 0.4  # of what the title tells, if only one word is shared
BONUS = 1.25  # solved and official ones come before others that fit this much better


@dataclass(frozen=True)
class Telling:
    """A word and how many documents have it, most telling first."""

    holders: int
    word: str


@dataclass(frozen=True)
class Subject:
    """What a title tells: the words that lead to documents, and how many nobody has used yet."""

    words: list[Telling]
    unheard: int

    def tells(self, rarities: Sequence[float]) -> float:
        """Return how much the title tells, given what each of its known words does.

        A word that no document has tells as much as the rarest of the others: what shares only
        the name of the product with "My Duo drips every night" is not about the same.
        """
        return sum(rarities) + self.unheard * max(rarities, default=0.0)


def alike(shelves: Sequence[Shelf], title: str, body: str, limit: int) -> list[Match]:
    """Return the documents most like a question that is being written, best first."""
    documents = sum(map(len, shelves))
    in_title = subject_of(_counted(shelves, words(title)), documents)
    known = {each.word for each in in_title.words}
    in_body = telling(shelves, words(body[:MOST_BODY_LETTERS]) - known, MOST_BODY_WORDS)
    subject = [Asked(Word(each.word), shelves) for each in in_title.words]
    detail = [Asked(Word(each.word), shelves, BODY_IMPORTANCE) for each in in_body]
    tells = in_title.tells([asked.rarity for asked in subject])
    found: list[Match] = []
    for place, shelf in enumerate(shelves):
        sharing = _sharing(place, subject, tells)
        points = _points(shelf, place, sharing, (*subject, *detail))
        best = heapq.nlargest(limit, zip(points.values(), points.keys(), strict=True))
        found += [Match(rank, place, number) for rank, number in best]
    return heapq.nlargest(limit, found)


def _points(
    shelf: Shelf, place: int, sharing: set[int], words_asked: Sequence[Asked]
) -> dict[int, float]:
    """Return how well each document of a shelf fits, of those that share enough."""
    points = dict.fromkeys(sharing - shelf.deleted(), 0.0)
    for asked in words_asked:
        matching.add(points, asked.on_shelf[place], asked.rarity)
    for number in shelf.members("solved:yes") | shelf.members("official:yes"):
        if number in points:
            points[number] *= BONUS
    return points


def _sharing(place: int, subject: Sequence[Asked], tells: float) -> set[int]:
    """Return the documents that share enough of the title, and more than one common word."""
    shared: dict[int, float] = {}
    several: set[int] = set()
    for asked in subject:
        numbers = asked.on_shelf[place].keys()
        several |= shared.keys() & numbers
        for number in numbers:
            shared[number] = shared.get(number, 0.0) + asked.rarity
    least, alone = LEAST_SHARED * tells, LEAST_ALONE * tells
    return {
        number
        for number, much in shared.items()
        if much >= least and (much >= alone or number in several)
    }


def telling(shelves: Sequence[Shelf], among: set[str], most: int) -> list[Telling]:
    """Return the words that tell most: those that exist and are not in every other document."""
    return most_telling(_counted(shelves, among), sum(map(len, shelves)), most)


def _counted(shelves: Sequence[Shelf], among: set[str]) -> list[Telling]:
    return [Telling(_holders(shelves, word), word) for word in among]


def subject_of(counted: Sequence[Telling], documents: int) -> Subject:
    """Return what the words of a title tell together."""
    chosen = most_telling(counted, documents, MOST_TITLE_WORDS)
    unheard = sum(not each.holders for each in counted)
    return Subject(chosen, min(unheard, MOST_TITLE_WORDS - len(chosen)))


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
