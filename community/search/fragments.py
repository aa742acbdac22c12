"""The places of a text that answer a search, as safe HTML with <mark>.

Only ever made for the hits of one page. A text is looked through for the beginnings of the words
searched for; the few words that begin so are then stemmed and compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from html import escape

from community.search import analysis
from community.search.query import Leaf, Phrase, Query

LENGTH = 240  # letters of a fragment
LEAD = 50  # letters shown before the first match
STRIDE = 2_500  # letters of a text that are looked through at once, until something is found
MOST_LETTERS = 40_000  # of a text that are looked through in all
MOST_MARKS = 200
SHARED_LETTERS = 4  # a word and its stem share at least these, unless the stem is shorter

_CHUNK = re.compile(r"[^\W_]+(?:[-.'\u2019_][^\W_]+)*")


@dataclass(frozen=True)
class Span:
    """A marked place: from, to, and which of the words it is."""

    start: int
    end: int
    word: int


class Marker:
    """Marks the words of one query in texts of one language."""

    def __init__(self, query: Query, lang: str) -> None:
        self._language = analysis.language_of(lang)
        words = _words(query)
        self._of_term = {
            term: place
            for place, word in enumerate(words)
            for form in analysis.variants(word)
            for term in form
        }
        bare = {term.removesuffix(analysis.MARK) for term in self._of_term}
        self._starts = {word[:SHARED_LETTERS] for word in (*words, *bare)} - {""}
        self._known: dict[str, int | None] = {}

    def title(self, title: str) -> str:
        """Return the whole title with its matches marked."""
        return _marked(title, 0, len(title), self._spans(title))

    def fragment(self, text: str) -> str:
        """Return the passage with the most different words, or the beginning."""
        for offset in range(0, min(len(text), MOST_LETTERS), STRIDE) if self._starts else ():
            passage = text[offset : offset + STRIDE]
            spans = self._spans(passage)
            if spans:
                begin = _word_start(passage, max(0, _best_start(spans) - LEAD))
                return _passage(passage, begin, spans, (offset > 0, len(text) > offset + STRIDE))
        return _passage(text[:STRIDE], 0, [], (False, len(text) > STRIDE))

    def _spans(self, text: str) -> list[Span]:
        """Return the places in order, as far as they are worth marking."""
        folded = analysis.fold(text)
        spans = []
        for place in sorted(_beginnings(folded, self._starts)):
            match = _CHUNK.match(folded, place)
            word = self._which(match[0]) if match else None
            if match and word is not None:
                spans.append(Span(place, match.end(), word))
                if len(spans) == MOST_MARKS:
                    break
        return spans

    def _which(self, chunk: str) -> int | None:
        """Return which of the words this is a form of, if any."""
        if chunk not in self._known:
            terms = self._language.terms(chunk)
            found = (self._of_term.get(term) for term in (*terms.joined, *terms.pieces))
            self._known[chunk] = next((word for word in found if word is not None), None)
        return self._known[chunk]


def _beginnings(folded: str, starts: set[str]) -> set[int]:
    """Return where words begin with one of the starts."""
    found = set()
    for start in starts:
        place = folded.find(start)
        while place >= 0:
            if not place or not folded[place - 1].isalnum():
                found.add(place)
            place = folded.find(start, place + 1)
    return found


def _passage(text: str, begin: int, spans: list[Span], more: tuple[bool, bool]) -> str:
    """Return a fragment, with dots where there is more text before or after."""
    end = _word_end(text, begin + LENGTH)
    before = "… " if begin or more[0] else ""
    after = " …" if end < len(text) or more[1] else ""
    return before + _marked(text, begin, end, spans) + after


def _words(query: Query) -> list[str]:
    leaves: list[Leaf] = [leaf for clause in query.every for leaf in clause]
    found: dict[str, None] = {}
    for leaf in leaves:
        for word in leaf.words if isinstance(leaf, Phrase) else (leaf.text,):
            found[word] = None
    return list(found)


def _best_start(spans: list[Span]) -> int:
    """Return where the passage begins that holds the most different words."""
    starts = [span.start for span in spans]
    best, most = 0, 0
    for place, start in enumerate(starts):
        last = bisect_left(starts, start + LENGTH - LEAD)
        different = len({span.word for span in spans[place:last]})
        if different > most:
            best, most = start, different
    return best


def _word_start(text: str, place: int) -> int:
    """Move forward to where a word begins, unless the word is very long."""
    if not place or text[place - 1].isspace():
        return place
    space = text.find(" ", place, place + LEAD)
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    """Move back to where a word ends, unless the word is very long."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - LEAD, place)
    return space if space >= 0 else place


def _marked(text: str, begin: int, end: int, spans: list[Span]) -> str:
    """Return text[begin:end] escaped, with the spans in it marked."""
    parts = []
    done = begin
    for span in spans:
        if span.start < done or span.end > end:
            continue
        marked = escape(text[span.start : span.end])
        parts += [escape(text[done : span.start]), f"<mark>{marked}</mark>"]
        done = span.end
    parts.append(escape(text[done:end]))
    return " ".join("".join(parts).split())
