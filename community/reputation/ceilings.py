"""What the ceilings take away, as a function of the facts alone.

Gains from votes count up to a ceiling for one post, then up to a ceiling for one day. Worked out
from the votes that stand, in the order in which they were cast, so that it does not matter what
was voted and taken back meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Gain:
    """What one vote that stands is worth to the author before any ceiling."""

    post_id: int
    cast_at: datetime
    vote_id: int
    amount: int

    @property
    def day(self) -> date:
        return self.cast_at.date()


def beyond_the_post(gains: Iterable[Gain], ceiling: int) -> dict[tuple[int, date], int]:
    """Return what exceeds the ceiling of each post, by post and the day of the vote.

    Votes count in the order in which they were cast; the last ones are cut.
    """
    so_far: dict[int, int] = defaultdict(int)
    beyond: dict[tuple[int, date], int] = defaultdict(int)
    for gain in sorted(gains, key=lambda each: (each.cast_at, each.vote_id)):
        room = max(0, ceiling - so_far[gain.post_id])
        so_far[gain.post_id] += gain.amount
        if gain.amount > room:
            beyond[gain.post_id, gain.day] += gain.amount - room
    return dict(beyond)


def beyond_the_day(
    gains: Iterable[Gain], beyond_posts: dict[tuple[int, date], int], ceiling: int
) -> dict[date, int]:
    """Return what exceeds the ceiling of each day, after what the posts' ceilings took."""
    by_day: dict[date, int] = defaultdict(int)
    for gain in gains:
        by_day[gain.day] += gain.amount
    for (_post_id, day), amount in beyond_posts.items():
        by_day[day] -= amount
    return {day: total - ceiling for day, total in by_day.items() if total > ceiling}
