"""What ought to be booked for posts, read from the votes, marks and judgements that stand now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    FromClause,
    ScalarSelect,
    Select,
    Table,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import db
from community.members.models import Member
from community.questions.models import Question
from community.reputation import amounts
from community.reputation.models import Kind, SpamRuling
from community.votes.models import Vote

# Votes of an account count only after its first day.
FIRST_DAY = timedelta(days=1)
_POSTS: BindParameter[Any] = bindparam("posts", expanding=True)


@dataclass(frozen=True)
class Due:
    """One booking that ought to stand for a post."""

    member_id: int
    kind: Kind
    amount: int
    day: date
    caused_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What matters of a post, and of the question that it belongs to."""

    post_id: int
    is_answer: bool
    author_id: int
    is_deleted: bool
    is_official: bool
    product_id: int | None
    asker_id: int
    solution_id: int | None
    solved_at: datetime | None
    solved_by_id: int | None

    @property
    def earns(self) -> bool:
        """Deleted posts earn nothing while they are away, and the company's word never."""
        return not (self.is_deleted or self.is_official)

    @property
    def is_solution(self) -> bool:
        return self.solution_id == self.post_id and self.solved_at is not None


def facts_of(post_ids: Sequence[int]) -> list[Fact]:
    """Return what matters of posts in one statement; unknown numbers are left out."""
    rows = db.session.execute(_matters(), {"posts": list(post_ids)})
    return [Fact(**row._mapping) for row in rows]


@cache
def _matters() -> Select[Any]:
    """Return the statement: to put it together takes longer than to ask it."""
    posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
    own, thread, solved = posts.alias("own"), posts.alias("thread"), posts.alias("solved")
    columns = select(
        own.c.id.label("post_id"),
        (own.c.kind == "answer").label("is_answer"),
        own.c.author_id,
        (own.c.deleted_at.is_not(None) | own.c.hidden_at.is_not(None)).label("is_deleted"),
        own.c.official_at.is_not(None).label("is_official"),
        thread.c.product_id,
        solved.c.author_id.label("asker_id"),
        solved.c.solution_id,
        solved.c.solved_at,
        solved.c.solved_by_id,
    )
    around = columns.join_from(
        own, thread, thread.c.id == func.coalesce(own.c.question_id, own.c.id)
    ).join(solved, solved.c.id == func.coalesce(_solved_before(own, thread), thread.c.id))
    return around.where(own.c.id.in_(_POSTS)).order_by(own.c.id)


def _solved_before(own: FromClause, thread: FromClause) -> ScalarSelect[Any]:
    """Return the question that an answer solved before it was merged with the one of its thread.

    What solved a question is not taken from anybody because moderators tidied up.
    """
    merged = Question.__table__.alias("merged")
    solved = select(func.min(merged.c.id)).where(
        merged.c.merged_into_id == thread.c.id, merged.c.solution_id == own.c.id
    )
    return solved.correlate(own, thread).scalar_subquery()


def due_for(facts: Sequence[Fact]) -> dict[int, Counter[Due]]:
    """Return what ought to stand for each of these posts, in two statements for all of them."""
    due: dict[int, Counter[Due]] = {fact.post_id: Counter() for fact in facts}
    by_id = {fact.post_id: fact for fact in facts}
    for post_id, member_id, value, cast_at in _votes_that_count(list(by_id)):
        if by_id[post_id].earns:
            due[post_id].update(_for_vote(by_id[post_id], member_id, value, cast_at.date()))
    for fact in facts:
        if fact.is_answer and fact.is_solution and fact.earns:
            due[fact.post_id].update(_for_solution(fact))
    for ruling in db.session.scalars(select(SpamRuling).where(SpamRuling.post_id.in_(by_id))):
        author = by_id[ruling.post_id].author_id
        worth, day = amounts.SPAM.get(), ruling.ruled_at.date()
        due[ruling.post_id][Due(author, Kind.SPAM, worth, day, ruling.ruled_by_id)] += 1
    return due


def _votes_that_count(post_ids: list[int]) -> Iterator[tuple[int, int | None, int, datetime]]:
    values = {"posts": post_ids, "joined_until": now() - FIRST_DAY}
    yield from iter(db.session.execute(_counted(), values))


@cache
def _counted() -> Select[int, int | None, int, datetime]:
    voter = aliased(Member)
    return (
        select(Vote.post_id, Vote.member_id, Vote.value, Vote.cast_at)
        .outerjoin(voter, voter.id == Vote.member_id)
        .where(Vote.post_id.in_(_POSTS), Vote.invalidated_at.is_(None))
        .where(Vote.member_id.is_(None) | (voter.joined_at <= bindparam("joined_until")))
    )


def _for_vote(fact: Fact, voter_id: int | None, value: int, day: date) -> Iterator[Due]:
    if value > 0:
        yield Due(fact.author_id, Kind.VOTED_UP, amounts.VOTED_UP.get(), day, voter_id)
        return
    yield Due(fact.author_id, Kind.VOTED_DOWN, amounts.VOTED_DOWN.get(), day, voter_id)
    if fact.is_answer and voter_id is not None:
        yield Due(voter_id, Kind.VOTING_DOWN, amounts.VOTING_DOWN.get(), day, voter_id)


def _for_solution(fact: Fact) -> Iterator[Due]:
    """Yield what a solution earns: its author, and the asker if it was the asker's own mark.

    Nobody earns by solving the own question, nor by marking the own answer.
    """
    assert fact.solved_at is not None
    marker, day = fact.solved_by_id, fact.solved_at.date()
    if fact.author_id in {fact.asker_id, marker}:
        return
    yield Due(fact.author_id, Kind.SOLUTION, amounts.SOLUTION.get(), day, marker)
    # Imports do not say who marked it; elsewhere only askers can.
    if marker in {fact.asker_id, None}:
        yield Due(fact.asker_id, Kind.MARKING_SOLUTION, amounts.MARKING.get(), day, fact.asker_id)
