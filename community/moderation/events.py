"""What moderation does, for features above to react to."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MeasureTaken(Event):
    """A post or a member is restricted; the statement of reasons is written."""

    measure_id: int
    post_id: int | None
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Somebody decided about an objection to a measure, and gave reasons."""

    measure_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MeasureLifted(Event):
    """A restriction is over: its time came, it was taken back, or an appeal was right."""

    measure_id: int
    post_id: int | None
    member_id: int


@dataclass(frozen=True, kw_only=True)
class FlagRaised(Event):
    """A member flagged a post or a profile."""

    flag_id: int
    item_id: int
    post_id: int | None
    member_id: int | None


@dataclass(frozen=True, kw_only=True)
class ItemDecided(Event):
    """What waited in the review queue was decided; `actor_id` is nobody for what lapsed."""

    item_id: int
    post_id: int | None
    member_id: int
    decision: str
    actor_id: int | None


@dataclass(frozen=True, kw_only=True)
class PostApproved(Event):
    """A post that had to wait for review is public now."""

    post_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ReviewsWait(Event):
    """Items have waited in the review queue for too long; `at` is the hour of the reminder."""

    count: int
    hours: int
    # The products they belong to; 0 for what belongs to none.
    product_ids: list[int]
    at: str
