"""What a person asked for: their words as a small tree that every engine understands.

`parse` never refuses anything: what makes no sense as an operator is read as words or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from community.search import analysis

MOST_CHARACTERS = 200
MOST_TERMS = 20


class Sort(StrEnum):
    """In which order hits are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    VOTES = "votes"


@dataclass(frozen=True)
class Word:
    """A word or compound, folded."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words in a row, folded."""

    words: tuple[str, ...]


Leaf = Word | Phrase
Clause = tuple[Leaf, ...]  # at least one of them must be there


@dataclass(frozen=True)
class Query:
    """Every clause of `every` and every filter that is set must fit; nothing of `none` may.

    `since` and `until` are whole days in UTC, both included. `typed` is what the person wrote.
    """

    every: tuple[Clause, ...] = ()
    none: tuple[Leaf, ...] = ()
    product: str = ""
    tags: tuple[str, ...] = ()
    kind: str = ""
    lang: str = ""
    solved: bool | None = None
    official: bool | None = None
    author: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    typed: str = field(default="", compare=False)

    @property
    def facets(self) -> tuple[str, ...]:
        """The filters as the names under which engines keep them, such as "tag:wifi"."""
        named = {
            "product": self.product,
            "kind": self.kind,
            "lang": self.lang,
            "author": self.author,
            "solved": _yes_or_no(self.solved),
            "official": _yes_or_no(self.official),
        }
        pairs = [*named.items(), *(("tag", tag) for tag in self.tags)]
        return tuple(analysis.facet(name, value) for name, value in pairs if value)

    @property
    def asks_nothing(self) -> bool:
        """Whether there is neither a word nor a filter to go by."""
        return not (self.every or self.none or self.facets or self.since or self.until)


def _yes_or_no(wanted: bool | None) -> str:  # noqa: FBT001, one of three values
    return "" if wanted is None else ("yes" if wanted else "no")


_TOKEN = re.compile(
    r"""(?P<minus>-(?=[^\s-]))?
        (?: "(?P<phrase>[^"]*)"?
          | \[(?P<tag>[^\[\]\s]{1,50})\]
          | (?P<field>author|autor|is|es):(?P<value>[^\s"]+)
          | (?P<either>(?:OR|O|\|)(?=\s|$))
          | (?P<words>[^\s"]+) )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»", '"""""')
_STATES = {"solved": "solved", "resuelta": "solved", "official": "official", "oficial": "official"}


def parse(typed: str, **filters: object) -> Query:
    """Read what was typed: words, "phrase", -not, OR, [tag], author:ann, is:solved.

    The filters are fields of Query and win over what was typed. Only the first 200 characters
    and the first 20 terms count.
    """
    shown = " ".join(analysis.clean(typed[:MOST_CHARACTERS]).split())
    reading = _Reading()
    for match in _TOKEN.finditer(shown.translate(_QUOTES)):
        reading.take(match)
    chosen: dict[str, Any] = {
        name: value for name, value in filters.items() if value not in (None, "", ())
    }
    return replace(reading.query(), typed=shown, **chosen)


class _Reading:
    """A search being read, token by token."""

    def __init__(self) -> None:
        self.every: list[Clause] = []
        self.none: list[Leaf] = []
        self.tags: list[str] = []
        self.filters: dict[str, Any] = {}
        self.terms = 0
        self.joins = False

    def query(self) -> Query:
        return Query(
            every=_without_common(self.every),
            none=tuple(self.none),
            tags=tuple(self.tags),
            **self.filters,
        )

    def take(self, match: re.Match[str]) -> None:
        """Read one token."""
        if match["either"]:
            self.joins = bool(self.every)
        elif match["tag"]:
            self.tags.append(match["tag"].lower())
        elif match["field"] and self._filter(match["field"], match["value"]):
            pass
        else:
            self._say(match)

    def _filter(self, name: str, value: str) -> bool:
        """Set the filter, or return that it is none, so that it is read as words."""
        if name in {"author", "autor"}:
            self.filters["author"] = value.lstrip("@").lower()
            return True
        state = _STATES.get(value.lower())
        if state:
            self.filters[state] = True
        return state is not None

    def _say(self, match: re.Match[str]) -> None:
        """Note the words of a token."""
        leaves = list(_leaves(match))
        for leaf in leaves:
            self.terms += len(leaf.words) if isinstance(leaf, Phrase) else 1
            if self.terms > MOST_TERMS:
                return
            self._note(leaf, match)
            self.joins = False

    def _note(self, leaf: Leaf, match: re.Match[str]) -> None:
        if match["minus"]:
            self.none.append(leaf)
        elif self.joins:
            self.every[-1] = (*self.every[-1], leaf)
        else:
            self.every.append((leaf,))


def _leaves(match: re.Match[str]) -> Iterator[Leaf]:
    """Yield what must be found for one token: a phrase, or each of its words."""
    quoted = match["phrase"]
    text = quoted if quoted is not None else match[0].removeprefix("-")
    words = analysis.chunks(analysis.fold(text))
    if quoted is not None and len(words) > 1:
        yield Phrase(tuple(words[:MOST_TERMS]))
    else:
        yield from map(Word, words)


def _without_common(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Leave out words such as "the" and "para", unless there is nothing else to look for."""
    telling = tuple(
        clause
        for clause in clauses
        if not all(isinstance(leaf, Word) and analysis.is_common(leaf.text) for leaf in clause)
    )
    return telling or tuple(clauses)
