"""Did you mean: the nearest word that the community itself has written in a title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from community.search import analysis, indexing
from community.search.query import Query, Word

MOST_REMEMBERED = 1_000  # words that were looked up
MOST_UNKNOWN = 3  # words that are looked up; a search with more is not a slip of the finger
LEAST_USED = 2  # times; what was written once may be a slip itself
FEW = 2_000  # words; a forum that has no more is too young to have written much twice
SELDOM = 20  # documents; a word that more have is no slip
TIMES_MORE = 20  # how much more often than a seldom word another is used that may be meant


class Vocabulary:
    """Words of titles, and how often each was used."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._least = 1 if len(words) <= FEW else LEAST_USED
        self._words = [
            (analysis.fold(word), word, times)
            for word, times in words.items()
            if times >= self._least
        ]
        self._letters = [_letters(folded) for folded, _, _ in self._words]
        self._answers: dict[tuple[str, int], str] = {}

    def nearest(self, folded: str, least: int = 1) -> str:
        """Return the word, used so often at least, that is likely meant; "" if none is near."""
        least = max(least, self._least)
        key = (folded, least)
        if key not in self._answers:
            if len(self._answers) > MOST_REMEMBERED:
                self._answers.clear()
            self._answers[key] = self._look_up(folded, least)
        return self._answers[key]

    def _look_up(self, folded: str, least: int) -> str:
        most = slips(folded)
        letters = _letters(folded)
        found: list[tuple[int, int, str]] = []
        for place, (other, word, times) in enumerate(self._words):
            if times < least or abs(len(other) - len(folded)) > most:
                continue
            if (letters ^ self._letters[place]).bit_count() > 2 * most or other == folded:
                continue
            steps = distance(folded, other, most)
            if steps <= most:
                found.append((steps, -times, word))
        return min(found)[2] if found else ""


def slips(word: str) -> int:
    """Return how many slips of the finger a word may hold."""
    return 1 if len(word) < 6 else 2


def _letters(word: str) -> int:
    """Return which letters occur, as bits: one slip changes at most two of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips (a letter missing, added, changed, or two swapped) lie between.

    Anything above `most` is returned as most + 1.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, target in enumerate(other, 1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                step = min(step, earlier[j - 2] + 1)
            row.append(step)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


class Nearby(Protocol):
    """Knows which words are near to others."""

    def nearest(self, folded: str, least: int) -> str:
        """Return the word, used so often at least, that is likely meant; "" if none is near."""


def suggestion(
    query: Query, holders_of: Callable[[str], int], vocabulary: Callable[[], Nearby]
) -> str:
    """Return what was typed with doubtful words replaced by near ones, or "".

    `holders_of` counts the documents that have a word in any form.
    """
    better = query.typed
    for word, holders in _doubtful(query, holders_of)[:MOST_UNKNOWN]:
        nearest = vocabulary().nearest(word, TIMES_MORE * holders)
        if nearest:
            better = _replaced(better, word, nearest)
    return better if better != query.typed else ""


def _doubtful(query: Query, holders_of: Callable[[str], int]) -> list[tuple[str, int]]:
    """Return the words that hardly any document has, and how many have each."""
    leaves = [leaf for clause in query.every for leaf in clause]
    words = [leaf.text for leaf in leaves if isinstance(leaf, Word)]
    shortest, longest = indexing.SHORTEST_SUGGESTION, analysis.LONGEST_WORD
    counted = [(word, holders_of(word)) for word in words if shortest <= len(word) <= longest]
    return [(word, holders) for word, holders in counted if holders <= SELDOM]


def _replaced(typed: str, folded: str, word: str) -> str:
    place = analysis.fold(typed).find(folded)
    return typed[:place] + word + typed[place + len(folded) :] if place >= 0 else typed
