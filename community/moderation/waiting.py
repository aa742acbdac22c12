"""How much waits for moderators: counted for the header of every page, at most once in a while."""

from __future__ import annotations

import time

from community.members.models import Member
from community.moderation.queries import queue

# What another process changed is seen after this many seconds; the own process at once.
REMEMBERED = 10.0
_counts: dict[str, tuple[float, int]] = {}


def count_for(member: Member) -> int:
    """Return how many items wait for this moderator; one statement in ten seconds."""
    key = "all" if member.is_moderator else ",".join(map(str, sorted(member.moderated_products)))
    until, number = _counts.get(key, (0.0, 0))
    if time.monotonic() >= until:
        number = queue.waiting_count(member)
        _counts[key] = (time.monotonic() + REMEMBERED, number)
    return number


def forget() -> None:
    """Count anew the next time, for something came or went."""
    _counts.clear()
