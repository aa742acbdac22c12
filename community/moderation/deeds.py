"""What accounts do beside writing, such as voting: taken back with a spammer, and given back.

Who keeps such deeds lies beside moderation or above it, and registers them here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Deeds:
    """One kind of deed: which ones of a member count now, and how they are taken out and back.

    Taking out returns what it takes to put exactly these back, in values that JSON can hold.
    """

    label: Any
    of: Callable[[int], list[int]]
    take_out: Callable[[Sequence[int]], list[Any]]
    put_back: Callable[[list[Any]], None]


KINDS: dict[str, Deeds] = {}


def register(name: str, deeds: Deeds) -> None:
    """Let deeds of this kind be taken back together with everything else."""
    KINDS[name] = deeds
