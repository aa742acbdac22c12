"""What visitors ask for in a crowd, beside which control, and with which goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.asking import Reading, Searches


@dataclass(frozen=True)
class Case:
    """Something to ask for: a path, or a way to get a script of many for each run.

    The goal is the least ratio to the control; least is requests a second.
    """

    name: str
    path: str = ""
    script: Callable[[], Path] | None = None
    control: str = ""
    goal: float | None = None
    least: float | None = None

    @property
    def wish(self) -> str:
        """The goal as it is printed."""
        return f"≥ {self.goal or self.least}" if self.goal or self.least else ""


BARE, POSTS = "bare Flask, 20 KB", "Flask, 20 posts from memory"
CONTROLS = (Case(BARE, "/"), Case(POSTS, "/posts"))


def cases(reading: Reading, searches: Searches) -> Iterator[Case]:
    """Yield what visitors ask for."""
    yield Case("question, guest", reading.threads[0].path, control=BARE, goal=0.6)
    yield Case("list, guest", "/questions", control=BARE, goal=0.6)
    yield Case("home, guest", "/", control=BARE, goal=0.6)
    yield Case("question, member", script=reading.one_thread, control=POSTS, goal=0.2)
    yield Case(
        "question, many members, many threads", script=reading.threads_by_many, control=POSTS
    )
    yield Case("list, member", script=reading.one_list, control=POSTS, goal=0.25)
    yield Case("list, many members, 10 pages", script=reading.lists_by_many, control=POSTS)
    yield Case("similar questions", script=searches.similar, control=POSTS, least=300)
    yield Case("search, each another", script=searches.different, control=POSTS, least=300)
    yield Case("search, some again (Zipf)", script=searches.repeated, control=POSTS, least=300)
