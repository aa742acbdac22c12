"""What happens with votes, for features above to react to."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    """A member's vote on a post is another one now; 0 is none."""

    post_id: int
    member_id: int
    author_id: int
    before: int
    value: int
