"""What the ceilings take away, as a function of what the votes that stand bring.

Gains from votes count up to a ceiling for one post, then up to a ceiling for one day. Nothing is
remembered of what was voted and taken back meanwhile, so an undo cannot leave anything behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def beyond_the_post(gains: Mapping[date, int], ceiling: int) -> dict[date, int]:
    """Return what exceeds the ceiling of a post, by day, from what its votes bring by day.

    Earlier days fill the ceiling first; what comes later is cut.
    """
    beyond: dict[date, int] = {}
    so_far = 0
    for day in sorted(gains):
        room = max(0, ceiling - so_far)
        beyond[day] = max(0, gains[day] - room)
        so_far += gains[day]
    return beyond


def beyond_the_day(gain: int, ceiling: int) -> int:
    """Return what exceeds the ceiling of a day, after what the posts' ceilings took."""
    return max(0, gain - ceiling)
