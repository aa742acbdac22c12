"""The places of a text that answer a search, as safe HTML with <mark>.

Only ever made for the hits of one page. The text is looked through with one expression built from
the beginnings of the words searched for; the few words it stops at are then stemmed and compared.
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
MOST_LETTERS = 20_000  # of a text that are looked through
MOST_MARKS = 200
SHARED_LETTERS = 4  # a word and its stem share at least these, unless the stem is shorter


@dataclass(frozen=True)
class Span:
    """A marked place: from, to, and which of the words it is."""

    start: int
    end: int
    word: int


class Marker:
    """Marks the words of one query."""

    def __init__(self, query: Query) -> None:
        words = _words(query)
        self._of_term = {
            term: place
            for place, word in enumerate(words)
            for form in analysis.variants(word)
            for term in form
        }
        self._pattern = _pattern([*words, *self._of_term])

    def title(self, title: str) -> str:
        """Return the whole title with its matches marked."""
        return _marked(title, 0, len(title), self._spans(title))

    def fragment(self, text: str) -> str:
        """Return the passage with the most different words, or the beginning."""
        start_of_text = text[:MOST_LETTERS]
        spans = self._spans(start_of_text)
        begin = _best_start(spans)
        begin = _word_start(start_of_text, max(0, begin - LEAD))
        end = _word_end(start_of_text, begin + LENGTH)
        before = "… " if begin else ""
        after = " …" if end < len(text) else ""
        return before + _marked(start_of_text, begin, end, spans) + after

    def _spans(self, text: str) -> list[Span]:
        if self._pattern is None:
            return []
        spans = []
        for match in self._pattern.finditer(analysis.fold(text)):
            word = self._which(match[0])
            if word is not None:
                spans.append(Span(match.start(), match.end(), word))
                if len(spans) == MOST_MARKS:
                    break
        return spans

    def _which(self, chunk: str) -> int | None:
        """Return which of the words this is a form of, if any."""
        for form in analysis.variants(chunk):
            for term in form:
                if term in self._of_term:
                    return self._of_term[term]
        return None


def _words(query: Query) -> list[str]:
    leaves: list[Leaf] = [leaf for clause in query.every for leaf in clause]
    found: dict[str, None] = {}
    for leaf in leaves:
        for word in leaf.words if isinstance(leaf, Phrase) else (leaf.text,):
            found[word] = None
    return list(found)


def _pattern(words: list[str]) -> re.Pattern[str] | None:
    """Find everything that begins like one of the words."""
    starts = sorted({word[:SHARED_LETTERS] for word in words if word})
    if not starts:
        return None
    choice = "|".join(map(re.escape, starts))
    return re.compile(rf"(?<![^\W_])(?:{choice})[^\W_]*(?:[-.'\u2019_][^\W_]+)*")


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
