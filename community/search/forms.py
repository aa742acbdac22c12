"""The search as it stands in an address: read forgivingly, so that no address is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from community.search.query import MOST_CHARACTERS, Query, Sort, parse

T = TypeVar("T")
KINDS = ("question", "idea", "complaint", "praise", "announcement")
LANGUAGES = ("en", "es", "other")
YES_OR_NO = {"yes": True, "no": False}
LONGEST = 80  # characters of a filter


@dataclass(frozen=True)
class Asked:
    """The fields of the search form, each empty or a value that it offers."""

    q: str = ""
    product: str = ""
    tag: str = ""
    kind: str = ""
    lang: str = ""
    solved: str = ""
    official: str = ""
    author: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    exact: str = ""  # "yes": what was typed, even if something else was perhaps meant

    @property
    def has_filters(self) -> bool:
        """Whether anything but words and order was chosen."""
        return bool(self.chosen.keys() - {"q", "sort", "exact"})

    @property
    def is_plain(self) -> bool:
        """Whether there are words alone."""
        return not self.chosen.keys() - {"q", "exact"}

    @property
    def chosen(self) -> dict[str, str]:
        """What is not empty, for addresses."""
        return {name: value for name, value in vars(self).items() if value}

    def instead(self, words: str) -> Asked:
        """Return the same search for other words."""
        return replace(self, q=words)

    def query(self) -> Query:
        """Return what to look for."""
        return parse(
            self.q,
            product=self.product,
            tags=(self.tag,) if self.tag else (),
            kind=self.kind,
            lang=self.lang,
            solved=YES_OR_NO.get(self.solved),
            official=YES_OR_NO.get(self.official),
            author=self.author.removeprefix("@"),
            since=_day(self.since),
            until=_day(self.until),
            sort=Sort(self.sort) if self.sort else None,
        )


def read(arguments: Mapping[str, str]) -> Asked:
    """Read the arguments of an address. What the form does not offer counts as not chosen."""
    plain = {name: arguments.get(name, "").strip()[:LONGEST] for name in vars(Asked())}
    plain["q"] = arguments.get("q", "")[:MOST_CHARACTERS].strip()
    offered = {
        "kind": KINDS,
        "lang": LANGUAGES,
        "solved": YES_OR_NO,
        "official": YES_OR_NO,
        "exact": ("yes",),
        "sort": tuple(Sort),
    }
    for name, values in offered.items():
        if plain[name] not in values:
            plain[name] = ""
    for name in ("since", "until"):
        if _day(plain[name]) is None:
            plain[name] = ""
    return Asked(**plain)


def _day(written: str) -> date | None:
    """Return a day such as 2026-03-01, or None."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None
