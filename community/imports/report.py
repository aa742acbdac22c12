"""What an import did: how much came in, what did not and why, as a table for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from community.imports.errors import Damaged

HEAD = ("", "in the files", "came in", "already there", "skipped")


@dataclass
class Report:
    """The counts of one run. Reasons are counted by kind and reason."""

    came: Counter[str] = field(default_factory=Counter)
    already: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    missing: tuple[str, ...] = ()
    damages: list[Damaged] = field(default_factory=list)
    stopped: bool = False

    def note_damage(self, damage: Damaged) -> None:
        """Keep the damage, once however many steps stumble over it."""
        if str(damage) not in map(str, self.damages):
            self.damages.append(damage)

    @property
    def is_whole(self) -> bool:
        return not self.damages and not self.stopped

    def lines(self) -> Iterator[str]:
        """Yield the table and all reasons, line by line."""
        yield _row(HEAD)
        for kind in self._kinds():
            skipped = sum(n for (each, _), n in self.skipped.items() if each == kind)
            came, already = self.came[kind], self.already[kind]
            yield _row((kind, came + already + skipped, came, already, skipped))
        yield from _reasons("Skipped:", self.skipped)
        yield from _reasons("Came in, but changed:", self.changed)
        if self.missing:
            yield f"Not in the folder: {', '.join(self.missing)}"
        for damage in self.damages:
            yield f"Damaged: {damage}. Everything before that place was read."

    def _kinds(self) -> list[str]:
        seen = [*self.came, *self.already, *(kind for kind, _ in self.skipped)]
        return list(dict.fromkeys(seen))


def _row(cells: tuple[object, ...]) -> str:
    first, *rest = cells
    numbers = (f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in rest)
    return f"{first!s:<16}" + "".join(f"{number:>14}" for number in numbers)


def _reasons(title: str, counted: Counter[tuple[str, str]]) -> Iterator[str]:
    if counted:
        yield title
    for (kind, reason), number in sorted(counted.items()):
        yield f"{number:>9,}  {kind}: {reason}"
