"""One watched word as it is typed, and the pattern that finds it.

The patterns run in RE2, whose time grows only with the length of the text, whatever somebody
writes into a regular expression: docs/decisions/0088-watched-words-run-in-re2.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import re2

from community.core.errors import Invalid
from community.core.i18n import _l

LONGEST = 200
MOST_MEMORY = 1 << 20  # bytes that one pattern may take
KEPT_PATTERNS = 2048
SPACES = re.compile(r"\s+")
BLACK = "■"


class WordAct(StrEnum):
    """What happens to a text that holds a watched word."""

    REFUSE = "refuse"
    HOLD = "hold"
    FLAG = "flag"
    CENSOR = "censor"
    REPLACE = "replace"
    TAG = "tag"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A word, a phrase or a regular expression, and what to do where it stands.

    A `*` stands for any letters; without one only whole words are meant. language is empty for
    all. instead: the text that replaces it, or the tag.
    """

    id: int = 0
    pattern: str
    act: WordAct
    language: str = ""
    is_regex: bool = False
    is_part: bool = False
    instead: str = ""


class Found(NamedTuple):
    """A place in a text where a watched word stands."""

    start: int
    end: int
    watched: Watched


def places(watched: Watched, text: str) -> Iterator[Found]:
    """Yield where a word stands in a text, capitals or not."""
    if not watched.is_regex and _core_of(watched.pattern) not in text.lower():
        return
    whole = not (watched.is_regex or watched.is_part)
    for match in compiled(watched.pattern, is_regex=watched.is_regex).finditer(text):
        start, end = match.span()
        if end > start and (not whole or _stands_alone(text, start, end)):
            yield Found(start, end, watched)


def stands_in(watched: Watched, text: str) -> bool:
    """Tell whether a word stands in a text."""
    return next(places(watched, text), None) is not None


@lru_cache(maxsize=KEPT_PATTERNS)
def compiled(pattern: str, *, is_regex: bool) -> Any:  # noqa: ANN401
    """Return the pattern, made ready. Raises Invalid with what is wrong with it."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    try:
        made = re2.compile(pattern if is_regex else _of_words(pattern), options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        words = _l("This regular expression cannot be used: %(reason)s.", reason=reason)
        raise Invalid(words, field="pattern") from error
    if made.search("") is not None:
        raise Invalid(_l("This would be found in every text."), field="pattern")
    return made


@lru_cache(maxsize=KEPT_PATTERNS)
def _core_of(pattern: str) -> str:
    """Return the longest piece that has to stand in a text: most words need no more looking."""
    return max(re.split(r"[\s*]+", pattern.lower()), key=len)


def _of_words(pattern: str) -> str:
    """Turn "cheap *phone" into a regular expression: stars are letters, spaces are any space."""
    words = SPACES.split(pattern.strip())
    escaped = (r"[\pL\pN_]*".join(map(re2.escape, word.split("*"))) for word in words)
    return r"\s+".join(escaped)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit touches what was found."""
    before = start > 0 and _is_of_word(text[start - 1]) and _is_of_word(text[start])
    after = end < len(text) and _is_of_word(text[end]) and _is_of_word(text[end - 1])
    return not (before or after)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
