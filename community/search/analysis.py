"""From text to terms: letters folded, words cut, endings taken off. Every engine uses this.

A text in Spanish is stemmed as Spanish, one in English as English, any other not at all. Who
searches does not say which language they mean, so a word searched for becomes all three forms.
Letters are folded before stemming, so "instalacion" and "instalación" end as the same term.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import Stemmer

from community.search.stop_words import EITHER, ENGLISH, SPANISH

LONGEST_WORD = 40  # letters; what is longer is cut, the same on both sides
MOST_PIECES = 4  # of a compound such as "wi-fi" or "115.10.1" that is also kept in one
MARK = "_"  # never part of a word
MOST_CACHED = 200_000  # distinct words per language whose terms are remembered

_COMPOUND = re.compile(r"[^\W_]+(?:[-.'\u2019_][^\W_]+)*")
_JOINTS = re.compile(r"[-.'\u2019_]")
_SILENT_JOINTS = re.compile(r"[-'\u2019_]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


def _folding() -> dict[str, str]:
    """Map each accented letter to its base, one character to one, so that places stay the same."""
    table = {"ł": "l", "ø": "o", "đ": "d", "\u0131": "i"}
    for code in range(0xC0, 0x2000):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if len(base) == 1 and base != chr(code):
            table[chr(code)] = base
    return table


_FOLDING = _folding()
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def clean(text: str) -> str:
    """Compose accents; turn control characters and broken halves of characters into spaces."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", unicodedata.normalize("NFC", whole))


def facet(name: str, value: str) -> str:
    """Return the name under which a facet is kept, such as "tag:wifi"."""
    return f"{name}:{clean(value).strip().lower()}"


def fold(text: str) -> str:
    """Return the text in lower case without accents, as long as before, place by place."""
    low = text.replace("\u0130", "i").lower()  # the only letter that grows when it gets small
    if low.isascii():
        return low
    return _NOT_ASCII.sub(lambda match: _FOLDING.get(match[0], match[0]), low)


@dataclass(frozen=True)
class Terms:
    """What a chunk of text becomes: its pieces in order, and the whole where it is a compound."""

    pieces: tuple[str, ...]
    joined: tuple[str, ...] = ()


@dataclass
class Language:
    """How the texts of one language become terms."""

    stop_words: frozenset[str]
    stem: Callable[[str], str]
    mark: str = ""  # behind every term, so that stems of two languages are never taken for one
    cache: dict[str, Terms] = field(default_factory=dict)

    def terms(self, chunk: str) -> Terms:
        """Return the terms of one folded chunk, such as "printers" or "wi-fi"."""
        found = self.cache.get(chunk)
        if found is None:
            if len(self.cache) > MOST_CACHED:
                self.cache.clear()
            found = self.cache[chunk] = self._cut(chunk)
        return found

    def _cut(self, chunk: str) -> Terms:
        words = [piece for part in _JOINTS.split(chunk) for piece in _spread(part)]
        kept = tuple(self._term(word) for word in words if word not in self.stop_words)
        if not 1 < len(words) <= MOST_PIECES or _UNSPACED.search(chunk):
            return Terms(kept)
        whole = _SILENT_JOINTS.sub("", chunk)
        return Terms(kept, () if whole in self.stop_words else (self._term(whole),))

    def _term(self, word: str) -> str:
        return self.stem(word[:LONGEST_WORD]) + self.mark


def _spread(part: str) -> list[str]:
    """Cut scripts that put no spaces between words into pairs of characters."""
    if part.isascii() or not _UNSPACED.search(part):
        return [part]
    return [part[at : at + 2] for at in range(len(part) - 1)]


_stemmers = threading.local()


def _stemmer(name: str) -> Callable[[str], str]:
    """Return a function that stems; a Stemmer must not be shared by threads."""

    def stem(word: str) -> str:
        own = getattr(_stemmers, name, None)
        if own is None:
            own = Stemmer.Stemmer(name)
            setattr(_stemmers, name, own)
        return str(own.stemWord(word))

    return stem


PLAIN = Language(frozenset(), str)
LANGUAGES = {
    "en": Language(ENGLISH, _stemmer("english")),
    "es": Language(SPANISH, _stemmer("spanish"), mark=MARK),
}
EVERY_LANGUAGE = (*LANGUAGES.values(), PLAIN)


def language_of(lang: str) -> Language:
    """Return how texts of this language are read; of an unknown one, word by word as written."""
    return LANGUAGES.get(lang, PLAIN)


def chunks(folded: str) -> list[str]:
    """Cut folded text into words and compounds."""
    return _COMPOUND.findall(folded)


def is_common(chunk: str) -> bool:
    """Say whether a word is too common in any language to be asked for."""
    return chunk in EITHER


def variants(chunk: str) -> tuple[tuple[str, ...], ...]:
    """Return what a word searched for may look like in the index: each a set of terms to meet."""
    found: dict[tuple[str, ...], None] = {}
    for language in EVERY_LANGUAGE:
        terms = language.terms(chunk)
        wanted = terms.joined or terms.pieces
        if wanted:
            found[wanted] = None
    return tuple(found)


def streams(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the words in a row may look like in the stream of a document."""
    found: dict[str, None] = {}
    for language in EVERY_LANGUAGE:
        pieces = [piece for word in words for piece in language.terms(word).pieces]
        if pieces:
            found[f" {' '.join(pieces)} "] = None
    return tuple(found)
