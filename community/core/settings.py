"""What admins change while the forum runs: typed, with defaults, kept in one small table."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Model, after_commit, db, reads_replica

T = TypeVar("T", str, int, bool, float)
# Other processes see a change after at most this many seconds.
REMEMBERED = 2.0
HIGHEST = 1_000_000
COMMUNITY = "community."


class Stored(Model):
    """A setting that differs from its default."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[Any] = mapped_column(JSON)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One run-time setting: SIZE = Setting("page_size", 20, "Questions on a page."), SIZE.get().

    The meaning is translated like any other text. What the forum writes down for itself is no
    setting for people: for_people=False.
    """

    name: str
    default: T
    # A sentence, or a lazy one.
    meaning: Any
    # Bounds, both included: of a number, or of how many characters a text has.
    least: float | None = None
    most: float | None = None
    # What a text may be, if it is one of a few words.
    choices: tuple[str, ...] = ()
    for_people: bool = True
    # The package that names it.
    package: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """List the setting."""
        object.__setattr__(self, "package", _package_that_calls())
        known[self.name] = self

    @property
    def bounds(self) -> tuple[float, float]:
        """Return the least and the most that a number may be.

        What takes away does not begin to give: without bounds it stays on its side of zero.
        """
        below_zero = not isinstance(self.default, str) and self.default < 0
        least = -HIGHEST if below_zero else 0
        most = 0 if below_zero else HIGHEST
        return (
            least if self.least is None else self.least,
            most if self.most is None else self.most,
        )

    def get(self) -> T:
        """Return the value in force."""
        return cast(T, _all().get(self.name, self.default))

    def put(self, value: T) -> None:
        """Change the value, in the present transaction. Only for services."""
        if type(value) is not type(self.default):
            message = f"{self.name} takes {type(self.default).__name__}."
            raise TypeError(message)
        row = db.session.scalar(select(Stored).where(Stored.name == self.name))
        if row is None:
            row = Stored(name=self.name)
            db.session.add(row)
        row.value = value
        db.session.flush()
        after_commit(forget)


def _package_that_calls() -> str:
    """Return the package of the module that names a setting: the first caller above this one."""
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__") == __name__ and frame.f_back is not None:
        frame = frame.f_back
    module = str(frame.f_globals.get("__name__", ""))
    return module.split(".")[1] if module.startswith(COMMUNITY) else ""


known: dict[str, Setting[Any]] = {}
_kept: tuple[float, dict[str, Any]] = (0.0, {})


def forget() -> None:
    """Read the settings anew the next time."""
    global _kept  # noqa: PLW0603
    _kept = (0.0, {})


def in_force() -> dict[str, Any]:
    """Return all that differs from its default: another object after any change."""
    return _all()


def _all() -> dict[str, Any]:
    global _kept  # noqa: PLW0603
    until, values = _kept
    if time.monotonic() < until:
        return values
    values = dict(iter(db.session.execute(select(Stored.name, Stored.value))))
    if not reads_replica():  # What it says may be older than what was forgotten last.
        _kept = (time.monotonic() + REMEMBERED, values)
    return values
