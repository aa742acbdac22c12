"""Working out all reputation anew from votes and marks, as after an import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from community.reputation import queries
from community.reputation.services import booking

BATCH = 300


@dataclass(frozen=True)
class Rebuilt:
    """How many posts were looked at, and how many totals were wrong."""

    posts: int
    wrong: int


def rebuild(tell: Callable[[int], None] = lambda _done: None) -> Rebuilt:
    """Book what differs, some posts in each transaction; what stands rightly stays as it is.

    tell: is told from time to time how many posts are done.
    """
    last = done = 0
    while ids := queries.posts_that_matter(last, BATCH):
        booking.settle(*ids)
        last, done = ids[-1], done + len(ids)
        tell(done)
    wrong = sum(booking.sum_up(ids) for ids in queries.batches_of_members(BATCH))
    return Rebuilt(done, wrong)
