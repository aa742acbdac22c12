"""What has to be done for each level of trust, and how far a member is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from community.core.i18n import _l
from community.core.settings import Setting
from community.members.trust import Level

# Level 3 looks at these days only, and is lost after the grace below this part of a bar.
WINDOW = timedelta(days=100)
GRACE = timedelta(days=14)
KEPT_AT = 0.9

ANSWERS_INSTEAD = Setting(
    "trust_3_helpful_answers", 5, "Answers that helped, instead of one solution."
)


@dataclass(frozen=True)
class Progress:
    """What a member has done. Altogether or in the last hundred days."""

    questions_opened: int = 0
    posts_read: int = 0
    minutes: int = 0
    days_visited: int = 0
    questions_answered: int = 0
    # Me-too, "this helps" or a solution marked.
    feedback: int = 0
    solutions: int = 0
    helpful_answers: int = 0
    confirmed_flags: int = 0

    @property
    def help(self) -> float:
        """One for each solution, and a part of one for each answer that helped."""
        return self.solutions + self.helpful_answers / max(1, ANSWERS_INSTEAD.get())


@dataclass(frozen=True)
class Bar:
    """One thing that a level asks for; at_most bars are kept by doing less."""

    name: str
    needed: Setting[int]
    words: Any
    at_most: bool = False

    def done(self, progress: Progress) -> int:
        return int(getattr(progress, self.name))

    def is_met(self, progress: Progress, part: float = 1.0) -> bool:
        """Tell whether a part of the bar is met; a bar that must not be passed has no parts."""
        done: float = getattr(progress, self.name)
        return done <= self.needed.get() if self.at_most else done >= part * self.needed.get()


def _bar(level: int, name: str, needed: int, words: object, *, at_most: bool = False) -> Bar:
    meaning = _l("What level %(level)s asks for: %(what)s.", level=level, what=words)
    return Bar(name, Setting(f"trust_{level}_{name}", needed, meaning), words, at_most)


BARS: dict[Level, Sequence[Bar]] = {
    Level.BASIC: (
        _bar(1, "questions_opened", 5, _l("questions opened")),
        _bar(1, "posts_read", 30, _l("posts read")),
        _bar(1, "minutes", 10, _l("minutes of reading")),
    ),
    Level.MEMBER: (
        _bar(2, "days_visited", 15, _l("days visited")),
        _bar(2, "questions_opened", 20, _l("questions opened")),
        _bar(2, "posts_read", 100, _l("posts read")),
        _bar(2, "questions_answered", 3, _l("questions of others answered")),
        _bar(
            2,
            "feedback",
            1,
            _l("time that you said “this helps”, “solved” or “me too”"),
        ),
    ),
    Level.REGULAR: (
        _bar(3, "days_visited", 30, _l("days visited")),
        _bar(3, "questions_answered", 10, _l("questions of others answered")),
        _bar(3, "help", 1, _l("solution, or answers that helped instead")),
        _bar(3, "confirmed_flags", 5, _l("posts at most that moderators took down"), at_most=True),
    ),
}


def is_reached(level: Level, progress: Progress, part: float = 1.0) -> bool:
    """Tell whether everything is done that a level asks for, or at least a part of each."""
    return all(bar.is_met(progress, part) for bar in BARS[level])
