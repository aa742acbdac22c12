"""What happens to the trust in members, for features above to react to."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class LevelReached(Event):
    """A member has a higher level of trust now."""

    member_id: int
    level: int


@dataclass(frozen=True, kw_only=True)
class LevelLost(Event):
    """A member fell back to this level of trust."""

    member_id: int
    level: int
