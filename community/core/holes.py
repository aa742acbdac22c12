"""Holes: the places in shared HTML where each visitor gets something of their own.

A page that many members share is made once. What differs from one to the next, such as the token
of a form or the number at the bell, is left open meanwhile, and filled for each visitor.
"""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from community.core.slots import slot
from community.core.text import trusted

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


class _Sealed(list[Hole]):
    """Takes no holes: what is made meanwhile is shared as it is."""


_left: ContextVar[list[Hole] | None] = ContextVar("holes_left", default=None)


Places = Mapping[Hole, Sequence[int]]


@dataclass(frozen=True)
class HoledPage:
    """A whole page with holes in it, as it is sent: smaller than as text, and filled sooner."""

    texts: list[bytes]
    places: Places

    def filled(self) -> bytes:
        """Return the page for the visitor who asks."""
        parts = self.texts.copy()
        for hole, places in self.places.items():
            text = hole.begin()
            for place in places:
                parts[place] = text().encode()
        return b"".join(parts)


@dataclass(frozen=True)
class Holed:
    """HTML with holes in it: the texts, "" where a hole is, and the places of each hole."""

    texts: list[str]
    places: Places

    def as_page(self) -> HoledPage:
        """Return the same for a page that nothing else contains."""
        return HoledPage([text.encode() for text in self.texts], self.places)

    def filled(self) -> str:
        """Return the HTML for the visitor who asks; inside of other shared HTML, with its holes."""
        left, parts = _left.get(), self.texts.copy()
        for hole, places in self.places.items():
            text = hole.begin() if left is None else partial(_leave, hole, left)
            for place in places:
                parts[place] = text()
        return "".join(parts)


def _leave(hole: Hole, left: list[Hole]) -> str:
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


def with_holes(render: Callable[[], str]) -> Holed:
    """Return HTML in which what is each visitor's own is left open."""
    left: list[Hole] = []
    with _leaving(left):
        parts = _FOUND.split(render())
    places: dict[Hole, list[int]] = defaultdict(list)
    for place in range(1, len(parts), 2):  # Texts and the numbers of holes take turns.
        places[left[int(parts[place])]].append(place)
        parts[place] = ""
    return Holed(parts, dict(places))


@contextmanager
def sealed() -> Iterator[None]:
    """Refuse holes while something is made that is shared as it is."""
    with _leaving(_Sealed()):
        yield


@contextmanager
def _leaving(left: list[Hole]) -> Iterator[None]:
    token = _left.set(left)
    try:
        yield
    finally:
        _left.reset(token)
