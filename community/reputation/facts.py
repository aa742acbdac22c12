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
    """One booking that ought to stand for a post."""

    member_id: int
    kind: Kind
    amount: int
    day: date
    caused_by_id: int | None


def due_for(post: Post) -> Iterator[Due]:
    """Yield what ought to stand for a post: its votes, and for an answer its being the solution.

    An official answer is the company's word and earns nobody anything.
    """
    if isinstance(post, Answer) and post.is_official:
        return
    yield from _for_votes(post)
    if isinstance(post, Answer):
        yield from _for_solution(post)


def _for_votes(post: Post) -> Iterator[Due]:
    voter = aliased(Member)
    cast = (
        select(Vote.member_id, Vote.value, Vote.cast_at)
        .outerjoin(voter, voter.id == Vote.member_id)
        .where(Vote.post_id == post.id)
        .where(Vote.member_id.is_(None) | (voter.joined_at <= now() - FIRST_DAY))
    )
    for member_id, value, cast_at in db.session.execute(cast):
        day = cast_at.date()
        if value > 0:
            yield Due(post.author_id, Kind.VOTED_UP, amounts.VOTED_UP.get(), day, member_id)
            continue
        yield Due(post.author_id, Kind.VOTED_DOWN, amounts.VOTED_DOWN.get(), day, member_id)
        if isinstance(post, Answer) and member_id is not None:
            yield Due(member_id, Kind.VOTING_DOWN, amounts.VOTING_DOWN.get(), day, member_id)


def _for_solution(answer: Answer) -> Iterator[Due]:
    """Yield what the solution earns: its author, and the asker if it was the asker's own mark."""
    question = db.session.get(Question, answer.question_id)
    if question is None or question.solution_id != answer.id or question.solved_at is None:
        return
    asker, day = question.author_id, question.solved_at.date()
    if answer.author_id == asker:
        return
    yield Due(answer.author_id, Kind.SOLUTION, amounts.SOLUTION.get(), day, question.solved_by_id)
    if question.solved_by_id in {asker, None}:
        yield Due(asker, Kind.MARKING_SOLUTION, amounts.MARKING.get(), day, asker)
