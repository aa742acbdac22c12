"""Records on their way in: whether each is here already, and what becomes of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from community.imports.readers.records import Record
from community.imports.texts import Ready
from community.imports.writers.forum import Forum

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Arrival(Generic[R]):
    """A record, the old id under which it is remembered, what was changed, its text made ready."""

    record: R
    key: str
    changes: tuple[str, ...] = ()
    ready: Ready | None = None

    @property
    def text(self) -> Ready:
        assert self.ready is not None
        return self.ready


def fresh(forum: Forum, kind: str, arrivals: Sequence[Arrival[R]]) -> list[Arrival[R]]:
    """Return those that are not here yet, each once; count the others."""
    known = forum.known([kind], (each.key for each in arrivals))
    new: dict[str, Arrival[R]] = {}
    for each in arrivals:
        if each.key in known:
            forum.report.already[kind] += 1
        elif each.key in new:
            forum.report.skipped[kind, "the same id a second time"] += 1
        else:
            new[each.key] = each
            forum.report.changed.update((kind, reason) for reason in each.changes)
    return list(new.values())


def leave_out(forum: Forum, kind: str, reason: str) -> None:
    """Count a record that cannot come in."""
    forum.report.skipped[kind, reason] += 1
