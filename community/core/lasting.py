"""How long what is being made stays true, where it says something that the clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# "Seconds ago" may be wrong by a minute. Nothing is kept longer than some minutes, for rights end
# by the clock, too.
SHORTEST, LONGEST = 60.0, 600.0
# "3 hours ago" may be wrong by some minutes.
PART_OF_AGE = 0.02


@dataclass
class Span:
    """The seconds for which all that was said meanwhile is true."""

    seconds: float = LONGEST


_present: ContextVar[Span | None] = ContextVar("lasting", default=None)


@contextmanager
def noted() -> Iterator[Span]:
    """Find out how long what is made meanwhile lasts."""
    span = Span()
    token = _present.set(span)
    try:
        yield span
    finally:
        _present.reset(token)


def lasts(seconds: float) -> None:
    """Say that something that is being made is true for so long."""
    span = _present.get()
    if span is not None:
        span.seconds = min(span.seconds, seconds)


def says_age(seconds: float) -> None:
    """Say that it tells how long ago something was: the longer ago, the longer that is true."""
    lasts(min(max(SHORTEST, seconds * PART_OF_AGE), LONGEST))
