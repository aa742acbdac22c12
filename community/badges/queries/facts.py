"""What rules count: each metric is a list of facts, which one statement adds up or compares.

A fact says whose it is, with which post, when, about which product, and how much. Only what is
public counts, and solutions of one's own questions do not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    tuple_,
)

from community.badges.models import Metric
from community.members.models import Member
from community.questions.models import Question
from community.thanks.models import Thank
from community.votes.models import Vote

posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
own, thread, solver = posts.alias("own"), posts.alias("thread"), posts.alias("solver")
YEAR = timedelta(days=365.25)
MOST_YEARS = range(1, 31)


def _fact(member: Any, post: Any, at: Any, product: Any, amount: Any) -> Select[Any]:  # noqa: ANN401
    """Return the columns that every list of facts has."""
    return select(
        member.label("member_id"),
        post.label("post_id"),
        at.label("at"),
        product.label("product_id"),
        amount.label("amount"),
    )


def _public(*tables: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401
    columns = [column for table in tables for column in (table.c.deleted_at, table.c.hidden_at)]
    return [column.is_(None) for column in columns]


def _written(kind: str, amount: Any) -> Select[Any]:  # noqa: ANN401
    """Return posts of a kind; those that hang on a thread, with its product."""
    of_thread = func.coalesce(own.c.question_id, own.c.id)
    return (
        _fact(own.c.author_id, own.c.id, own.c.created_at, thread.c.product_id, amount)
        .join_from(own, thread, thread.c.id == of_thread)
        .where(own.c.kind == kind, *_public(own, thread))
    )


def _solved(member: Any, amount: Any) -> Select[Any]:  # noqa: ANN401
    """Return solved questions, as a fact of whoever is named."""
    return (
        _fact(member, solver.c.id, thread.c.solved_at, thread.c.product_id, amount)
        .join_from(thread, solver, solver.c.id == thread.c.solution_id)
        .where(solver.c.author_id != thread.c.author_id, *_public(thread, solver))
    )


def _days() -> Select[Any]:
    day = func.date(own.c.created_at)
    return _fact(own.c.author_id, own.c.id, own.c.created_at, own.c.product_id, day).where(
        *_public(own)
    )


def _firsts() -> Select[Any]:
    """Return answers to questions of others that nobody had answered before.

    All are put in order at once: looking before each one takes minutes in a large community.
    """
    order = (solver.c.created_at, solver.c.id)
    place = func.row_number().over(partition_by=solver.c.question_id, order_by=order)
    public = select(solver.c.id, place.label("place")).where(solver.c.kind == "answer")
    ranked = public.where(*_public(solver)).subquery()
    to_others = _answers_to_others().join(ranked, ranked.c.id == own.c.id)
    return to_others.where(ranked.c.place == 1)


def firsts_of_some() -> Select[Any]:
    """Return the same facts for when few members are asked about: looks before each answer."""
    before = select(solver.c.id).where(
        solver.c.question_id == own.c.question_id,
        solver.c.kind == "answer",
        tuple_(solver.c.created_at, solver.c.id) < tuple_(own.c.created_at, own.c.id),
        *_public(solver),
    )
    return _answers_to_others().where(~before.exists())


def _answers_to_others() -> Select[Any]:
    return _written("answer", literal(1)).where(own.c.author_id != thread.c.author_id)


def _thanks() -> Select[Any]:
    of_thread = func.coalesce(own.c.question_id, own.c.id)
    return (
        _fact(own.c.author_id, own.c.id, Thank.said_at, thread.c.product_id, literal(1))
        .join_from(Thank, own, own.c.id == Thank.post_id)
        .join(thread, thread.c.id == of_thread)
        .where(*_public(own, thread))
    )


def _cast_votes() -> Select[Any]:
    of_thread = func.coalesce(own.c.question_id, own.c.id)
    return (
        _fact(Vote.member_id, own.c.id, Vote.cast_at, thread.c.product_id, literal(1))
        .join_from(Vote, own, own.c.id == Vote.post_id)
        .join(thread, thread.c.id == of_thread)
        .where(Vote.member_id.is_not(None), Vote.invalidated_at.is_(None))
    )


def _years() -> Select[Any]:
    """Return how many full years each member is here; counted by the day they joined."""
    years = literal(0)
    for number in MOST_YEARS:
        years = years + cast(Member.joined_at <= bindparam(f"years_{number}"), Integer)  # type: ignore[assignment]
    return _fact(Member.id, null(), Member.joined_at, null(), years)


FACTS: dict[Metric, Callable[[], Select[Any]]] = {
    Metric.QUESTIONS: lambda: _written("question", literal(1)),
    Metric.ANSWERS: lambda: _written("answer", literal(1)),
    Metric.COMMENTS: lambda: _written("comment", literal(1)),
    Metric.ANSWER_SCORE: lambda: _written("answer", own.c.score),
    Metric.QUESTION_SCORE: lambda: _written("question", own.c.score),
    Metric.SOLUTIONS: lambda: _solved(solver.c.author_id, literal(1)),
    Metric.HELPED: lambda: _solved(solver.c.author_id, thread.c.author_id),
    Metric.ME_TOOS: lambda: _solved(solver.c.author_id, thread.c.me_too_count),
    Metric.MARKED: lambda: _solved(thread.c.author_id, literal(1)),
    Metric.VOTES: _cast_votes,
    Metric.DAYS: _days,
    Metric.STREAK: _days,
    Metric.FIRST_ANSWERS: _firsts,
    Metric.GOOD_ANSWERS: lambda: _written("answer", literal(1)),
    Metric.THANKS: _thanks,
    Metric.YEARS: _years,
}
