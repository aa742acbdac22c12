"""What admins change while the forum runs: typed, with defaults, kept in one small table."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Model, after_commit, db

T = TypeVar("T", str, int, bool, float)
# Other processes see a change after at most this many seconds.
REMEMBERED = 2.0


class Stored(Model):
    """A setting that differs from its default."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[Any] = mapped_column(JSON)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One run-time setting: SIZE = Setting("page_size", 20, "Questions on a page."), SIZE.get()."""

    name: str
    default: T
    meaning: str

    def __post_init__(self) -> None:
        """List the setting."""
        known[self.name] = self

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


known: dict[str, Setting[Any]] = {}
_kept: tuple[float, dict[str, Any]] = (0.0, {})


def forget() -> None:
    """Read the settings anew the next time."""
    global _kept  # noqa: PLW0603
    _kept = (0.0, {})


def _all() -> dict[str, Any]:
    global _kept  # noqa: PLW0603
    until, values = _kept
    if time.monotonic() < until:
        return values
    values = dict(iter(db.session.execute(select(Stored.name, Stored.value))))
    _kept = (time.monotonic() + REMEMBERED, values)
    return values
