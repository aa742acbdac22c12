"""What ought to be booked for a post, read from the votes and marks that stand now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import db
from community.members.models import Member
from community.posts.models import Post
from community.questions.models import Answer, Question
from community.reputation import amounts
from community.reputation.models import Kind
from community.votes.models import Vote

# Votes of an account count only after its first day.
FIRST_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Due:
    """One booking that ought to stand."""

    member_id: int
    kind: Kind
    amount: int
    day: date
    caused_by_id: int | None


def due_for(post: Post) -> Iterator[Due]:
    """Yield what ought to stand for a post: its votes, and for an answer its being the solution."""
    yield from _for_votes(post)
    if isinstance(post, Answer):
        yield from _for_solution(post)


def _for_votes(post: Post) -> Iterator[Due]:
    if isinstance(post, Answer) and post.is_official:
        return
    voter = aliased(Member)
    cast = (
        select(Vote.member_id, Vote.value, Vote.cast_at)
        .outerjoin(voter, voter.id == Vote.member_id)
        .where(Vote.post_id == post.id)
        .where(Vote.member_id.is_(None) | (voter.joined_at <= now() - FIRST_DAY))
    )
    for member_id, value, cast_at in db.session.execute(cast):
        up = value > 0
        kind = Kind.VOTED_UP if up else Kind.VOTED_DOWN
        amount = (amounts.VOTED_UP if up else amounts.VOTED_DOWN).get()
        yield Due(post.author_id, kind, amount, cast_at.date(), member_id)
        if not up and isinstance(post, Answer) and member_id is not None:
            yield Due(
                member_id, Kind.VOTING_DOWN, amounts.VOTING_DOWN.get(), cast_at.date(), member_id
            )
