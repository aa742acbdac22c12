"""What an index keeps of a document, the same in every engine.

How much a word tells about a document is worked out once, when it is written (BM25 with fixed
average lengths), so that a search only adds up. The title counts apart from the text, and more.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from community.search import analysis
from community.search.engine import Document

TITLE_WEIGHT = 2.5
USUAL_TITLE = 7  # words
USUAL_TEXT = 150  # words; a thread in a support forum, without stop words
MOST_LETTERS = 200_000  # of a text; what comes after is not searched
SATURATION, LENGTH_SHARE = 1.2, 0.6  # k1 and b of BM25
SHORTEST_SUGGESTION = 4  # letters
STEPS = 16  # weights are kept in sixteenths, so that they compress well

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Entry:
    """A document ready to be kept.

    `weights` says how much each term tells; `stream` holds the terms in order, for phrases;
    `words` are the words of the title as written, for "did you mean".
    """

    weights: dict[str, float]
    facets: tuple[str, ...]
    stream: str
    words: frozenset[str]


def entry(document: Document) -> Entry:
    """Analyse a document whose texts are clean."""
    language = analysis.language_of(document.lang)
    title, title_stream = _read(document.title, language)
    text, text_stream = _read(_searched(document), language)
    weights = _weigh(text, 1.0, USUAL_TEXT)
    for term, weight in _weigh(title, TITLE_WEIGHT, USUAL_TITLE).items():
        weights[term] = weights.get(term, 0.0) + weight
    return Entry(
        weights=weights,
        facets=facets(document),
        stream=f" {' '.join(title_stream)} / {' '.join(text_stream)} ",
        words=frozenset(words_as_written(document.title)),
    )


def _searched(document: Document) -> str:
    """Return what is searched beside the title: the text, and the tags, which it seldom repeats.

    The tags are no part of the text itself, from which fragments are cut.
    """
    tags = " ".join(tag.replace("-", " ") for tag in document.tags)
    return f"{document.text[:MOST_LETTERS]}\n\n{analysis.clean(tags)}"


def cleaned(document: Document) -> Document:
    """Return the document with texts that hold nothing a database or a page would choke on."""
    return replace(
        document, title=analysis.clean(document.title), text=analysis.clean(document.text)
    )


def fingerprint(title: str, text: str) -> int:
    """Return a number that is another one when a clean title or text is."""
    return zlib.crc32(f"{title}\0{text}".encode())


def _read(text: str, language: analysis.Language) -> tuple[Counter[str], list[str]]:
    """Return how often each term occurs, and the terms in order."""
    stream: list[str] = []
    joined: list[str] = []
    terms_of = language.terms
    for chunk in analysis.chunks(analysis.fold(text)):
        terms = terms_of(chunk)
        stream += terms.pieces
        joined += terms.joined
    counts = Counter(stream)
    counts.update(joined)
    return counts, stream


def _weigh(counts: Counter[str], importance: float, usual: int) -> dict[str, float]:
    """Return the weight of each term: more for more often, though ever less so, and for short."""
    length = sum(counts.values())
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / usual)
    best = importance * (SATURATION + 1) * STEPS
    table = [max(1, round(best * times / (times + damping))) / STEPS for times in range(32)]
    return {term: table[min(times, 31)] for term, times in counts.items()}


def facets(document: Document) -> tuple[str, ...]:
    """Return the names under which a document is filtered."""
    named = {
        "product": document.product,
        "kind": document.kind,
        "lang": document.lang,
        "author": document.author,
        "solved": "yes" if document.solved else "no",
        "official": "yes" if document.official else "no",
    }
    pairs = [*named.items(), *(("tag", tag) for tag in document.tags)]
    return tuple(analysis.facet(name, value) for name, value in pairs)


def words_as_written(text: str) -> list[str]:
    """Return the words of a text in lower case with their accents: what may be suggested."""
    return [
        word
        for word in _LETTERS.findall(text.lower())
        if SHORTEST_SUGGESTION <= len(word) <= analysis.LONGEST_WORD
    ]


def seconds(moment: datetime) -> int:
    """Return the moment as seconds since 1970."""
    return int(moment.timestamp())


def first_second(day: date) -> int:
    """Return when a day begins in UTC, as seconds since 1970."""
    return seconds(datetime.combine(day, time(), UTC))
