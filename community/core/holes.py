"""Holes: the places in shared HTML where each visitor gets something of their own.

A page that many members share is made once. What differs from one to the next, such as the token
of a form or the number at the bell, is left open meanwhile, and filled for each visitor.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

from markupsafe import escape

from community.core.deeds import done
from community.core.slots import slot
from community.core.text import trusted

T = TypeVar("T", str, bytes)
Filling = Callable[[], str]

_MARK = f"hole-{secrets.token_hex(8)}-"
_FOUND = re.compile(_MARK + r"(\d+)-")


@dataclass(frozen=True)
class Hole:
    """A place that is left open: what fills it, or what begins to fill each place differently."""

    filling: Filling | None = None
    series: Callable[[], Filling] | None = None

    def begin(self) -> Filling:
        """Return what gives the text for one place after the other."""
        if self.series is not None:
            return self.series()
        assert self.filling is not None
        text = self.filling()
        return lambda: text


Places = Mapping[Hole, Sequence[int]]


class _Sealed(list["AnyHole"]):
    """Takes no holes: what is made meanwhile is shared as it is."""


_left: ContextVar[list[AnyHole] | None] = ContextVar("holes_left", default=None)


@dataclass(frozen=True, slots=True)
class Given:
    """A place for what changes more often than all around it: told when the piece is taken."""

    name: str


@dataclass(frozen=True, slots=True)
class Mine:
    """A place whose text follows from one thing that the visitor did, such as a vote."""

    what: str
    texts: Mapping[Hashable, str | Holed]
    otherwise: str

    def text(self, done: Hashable) -> str:
        """Return the text for who did this."""
        found = self.texts.get(done, self.otherwise)
        return found.filled() if isinstance(found, Holed) else found


AnyHole = Hole | Mine | Given
OfVisitors = Mapping[str, Sequence[tuple[int, "Mine"]]]


@dataclass(frozen=True)
class HoledPage:
    """A whole page with holes in it, as it is sent: smaller than as text, and filled sooner."""

    texts: list[bytes]
    places: Places
    mine: OfVisitors

    def filled(self) -> bytes:
        """Return the page for the visitor who asks."""
        parts = self.texts.copy()
        _fill(parts, self.places, self.mine, str.encode)
        return b"".join(parts)


@dataclass(frozen=True)
class Holed:
    """HTML with holes in it: the texts, "" where a hole is, and the places of each hole.

    Where something follows from what a visitor did, the text is the one for all who did nothing.
    """

    texts: list[str]
    places: Places
    mine: OfVisitors
    given: Mapping[str, Sequence[int]]

    def as_page(self) -> HoledPage:
        """Return the same for a page that nothing else contains."""
        return HoledPage([text.encode() for text in self.texts], self.places, self.mine)

    def filled(self, **given: str) -> str:
        """Return the HTML for the visitor who asks; inside of other shared HTML, with its holes."""
        left, parts = _left.get(), self.texts.copy()
        for name, places in self.given.items():
            for place in places:
                parts[place] = given[name]
        if left is None:
            _fill(parts, self.places, self.mine, str)
        else:
            for place, text in self._left_open(left):
                parts[place] = text
        return "".join(parts)

    def _left_open(self, left: list[AnyHole]) -> Iterator[tuple[int, str]]:
        for hole, places in self.places.items():
            for place in places:
                yield place, _leave(hole, left)
        for place, each in chain.from_iterable(self.mine.values()):
            yield place, _leave(each, left)


def _fill(parts: list[T], places: Places, mine: OfVisitors, kept: Callable[[str], T]) -> None:
    """Put in what this visitor gets at which place, where it differs from what is kept."""
    for hole, each_place in places.items():
        if hole.series is None:  # The same at many places, such as the token of forms.
            text = kept(hole.begin()())
            for place in each_place:
                parts[place] = text
        else:
            one_of = hole.begin()
            for place in each_place:
                parts[place] = kept(one_of())
    for what, value in done().items():
        for place, each in mine.get(what, ()):
            parts[place] = kept(each.text(value))


def _leave(hole: AnyHole, left: list[AnyHole]) -> str:
    if isinstance(left, _Sealed):
        message = "This is shared by all, so nobody's own may stand in it: make it with_holes."
        raise RuntimeError(message)
    left.append(hole)
    return f"{_MARK}{len(left) - 1}-"


def leave(filling: Filling) -> str:
    """Leave a hole where shared HTML is made; elsewhere return what fills it.

    Raises RuntimeError where something is made that is shared as it is.
    """
    return _left_or_filled(Hole(filling))


def leave_one_of(series: Callable[[], Filling]) -> str:
    """Do the same where each place gets another text, such as the key by which a form is sent once.

    series: begins with a page; returns what gives one text after the other.
    """
    return _left_or_filled(Hole(series=series))


def _left_or_filled(hole: Hole) -> str:
    left = _left.get()
    return hole.begin()() if left is None else _leave(hole, left)


def own(place: str, **context: int | None) -> str:
    """Return a slot that each visitor sees filled in their own way, or a hole for it.

    The context is plain values: the slot is filled when the rows of the page are long gone.
    """
    return trusted(leave(partial(slot, place, **context)))


def mine(what: str, texts: Mapping[Hashable, str], otherwise: str = "") -> str:
    """Return the text for what the visitor did, or a hole for it.

    texts: by the values that did() may say of it; holes may be in them, but not in `otherwise`.
    """
    left = _left.get()
    if left is None:
        return escape(texts.get(done().get(what), otherwise))
    kept = {value: _kept(escape(text), left) for value, text in texts.items()}
    return trusted(_leave(Mine(what, kept, str(escape(otherwise))), left))


def given(name: str) -> str:
    """Return a hole for what is told by this name each time that a piece is taken: see Given."""
    left = _left.get()
    return trusted(_leave(Given(name), _Sealed() if left is None else left))


def _kept(text: str, left: list[AnyHole]) -> str | Holed:
    """Return a text as such, or its holes with it."""
    return _taken_apart(text, left) if _MARK in text else str(text)


def with_holes(render: Callable[[], str]) -> Holed:
    """Return HTML in which what is each visitor's own is left open."""
    left: list[AnyHole] = []
    with _leaving(left):
        return _taken_apart(render(), left)


def _taken_apart(html: str, left: list[AnyHole]) -> Holed:
    parts = _FOUND.split(html)
    places: dict[Hole, list[int]] = defaultdict(list)
    own: dict[str, list[tuple[int, Mine]]] = defaultdict(list)
    given: dict[str, list[int]] = defaultdict(list)
    for place in range(1, len(parts), 2):  # Texts and the numbers of holes take turns.
        hole = left[int(parts[place])]
        if isinstance(hole, Mine):
            own[hole.what].append((place, hole))
            parts[place] = hole.otherwise
        elif isinstance(hole, Given):
            given[hole.name].append(place)
        else:
            places[hole].append(place)
            parts[place] = ""
    return Holed(parts, dict(places), dict(own), dict(given))


@contextmanager
def sealed() -> Iterator[None]:
    """Refuse holes while something is made that is shared as it is."""
    with _leaving(_Sealed()):
        yield


@contextmanager
def _leaving(left: list[AnyHole]) -> Iterator[None]:
    token = _left.set(left)
    try:
        yield
    finally:
        _left.reset(token)
