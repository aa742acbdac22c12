"""Votes that are no honest opinion: bursts for one author, and rings of members."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)
# How many votes for one author within which time, and what part of the voter's votes in it.
BURSTS = ((DAY, 5, 0.6), (7 * DAY, 10, 0.5))
# Members of a ring give the next one at least so many votes, and this part of all their votes.
RING_VOTES, RING_PART = 5, 0.25


@dataclass(frozen=True)
class Cast:
    """One member's vote on a post of another."""

    vote_id: int
    voter_id: int
    author_id: int
    cast_at: datetime
    # A moderator vouches for it: it belongs to what the voter does, and to no burst.
    is_cleared: bool = False


def bursts(votes: Iterable[Cast]) -> set[int]:
    """Return the numbers of the votes that belong to a burst."""
    by_voter: dict[int, list[Cast]] = defaultdict(list)
    for vote in votes:
        by_voter[vote.voter_id].append(vote)
    found: set[int] = set()
    for mine in by_voter.values():
        mine.sort(key=lambda vote: (vote.cast_at, vote.vote_id))
        for span, least, part in BURSTS:
            found |= _bursts_of(mine, span, least, part)
    return found


def _bursts_of(votes: Sequence[Cast], span: timedelta, least: int, part: float) -> set[int]:
    """Return the bursts of one voter, looking back from each vote."""
    found: set[int] = set()
    first = 0
    counts: Counter[int] = Counter()
    for last, vote in enumerate(votes):
        counts[vote.author_id] += not vote.is_cleared
        while votes[first].cast_at <= vote.cast_at - span:
            counts[votes[first].author_id] -= not votes[first].is_cleared
            first += 1
        window = votes[first : last + 1]
        if counts[vote.author_id] >= max(least, part * len(window)):
            mine = (each for each in window if each.author_id == vote.author_id)
            found |= {each.vote_id for each in mine if not each.is_cleared}
    return found


def rings(votes: Iterable[Cast]) -> Iterator[tuple[int, ...]]:
    """Yield pairs that vote for each other, and triangles that vote in a circle, each once."""
    gives = _givers(votes)
    for one in sorted(gives):
        for two in sorted(gives[one]):
            if one < two and one in gives.get(two, ()):
                yield one, two
            for three in sorted(gives.get(two, set()) - {one, two}):
                if one < min(two, three) and one in gives.get(three, ()):
                    yield one, two, three


def _givers(votes: Iterable[Cast]) -> dict[int, set[int]]:
    """Return to whom members give much of what they give at all."""
    given = Counter((vote.voter_id, vote.author_id) for vote in votes)
    altogether: Counter[int] = Counter()
    for (voter, _author), number in given.items():
        altogether[voter] += number
    gives: dict[int, set[int]] = defaultdict(set)
    for (voter, author), number in given.items():
        if number >= max(RING_VOTES, RING_PART * altogether[voter]):
            gives[voter].add(author)
    return gives
