"""What happens with thank-yous, for features above to react to."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ThanksSaid(Event):
    """A member thanked the author of a post, or found words for it afterwards."""

    post_id: int
    member_id: int
    author_id: int


@dataclass(frozen=True, kw_only=True)
class ThanksTakenBack(Event):
    """A member took a thank-you back."""

    post_id: int
    member_id: int
    author_id: int
