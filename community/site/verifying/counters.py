"""Numbers that stand on rows so that lists need not count, counted again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, ScalarSelect, Table, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from community.core.db import db, lock, transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Tag
from community.questions import queries, threads
from community.questions.models import MeToo, Question
from community.reputation.services import booking
from community.thanks.models import Thank
from community.votes.models import Vote

AT_ONCE = 500  # rows in one transaction
# What `threads.settle` works out from the posts of a thread.
SETTLED = ("answer_count", "state", "active_at", "indexable_since")


def check() -> Iterator[tuple[str, int]]:
    """Repair what is wrong; yield what it was, and how many."""
    for name, column, right in _sums():
        yield name, _correct(column, right)
    yield "tags with a wrong count", _correct_tags()
    yield "threads with a wrong count or state", sum(map(_settle, _ids(Question)))
    yield "members with a wrong reputation", sum(map(booking.sum_up, _ids(Member)))


def _sums() -> list[tuple[str, InstrumentedAttribute[int], ScalarSelect[int]]]:
    valid = Vote.invalidated_at.is_(None)
    return [
        ("posts with a wrong score", Post.score, _sum(Vote.value, Vote.post_id, valid)),
        ("posts with wrong thanks", Post.thank_count, _sum(1, Thank.post_id)),
        ("questions with a wrong me-too", Question.me_too_count, _sum(1, MeToo.question_id)),
    ]


def _sum(
    amount: object, post_id: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    added = func.sum(amount) if isinstance(amount, InstrumentedAttribute) else func.count()
    rows = select(func.coalesce(added, 0)).select_from(post_id.parent.entity)
    return rows.where(post_id == Post.id, *conditions).correlate(Post).scalar_subquery()


@transaction
@unguarded("whoever runs the forum asks for it")
def _correct(column: InstrumentedAttribute[int], right: ScalarSelect[int]) -> int:
    """Set a column to what its rows add up to; return how many were wrong."""
    posts = cast(Table, Post.__table__)
    number = posts.c[column.key]
    kinds = [each.polymorphic_identity for each in column.parent.self_and_descendants]
    wrong = update(posts).where(posts.c.kind.in_(kinds), number.is_distinct_from(right))
    return len(db.session.execute(wrong.values({number: right}).returning(posts.c.id)).all())


@transaction
@unguarded("whoever runs the forum asks for it")
def _correct_tags() -> int:
    right = queries.number_tagged()
    wrong = update(Tag).where(Tag.question_count != right).values(question_count=right)
    found = wrong.returning(Tag.id).execution_options(synchronize_session=False)
    return len(db.session.scalars(found).all())


def _ids(kind: type[Any]) -> Iterator[list[int]]:
    """Yield the ids of all rows in lists, each read on its own."""
    last = 0
    while ids := list(
        db.session.scalars(select(kind.id).where(kind.id > last).order_by(kind.id).limit(AT_ONCE))
    ):
        yield ids
        last = ids[-1]


@transaction
@unguarded("whoever runs the forum asks for it")
def _settle(question_ids: Sequence[int]) -> int:
    """Work out again what follows from the posts of threads; return how many were wrong."""
    wrong = 0
    for question in db.session.scalars(select(Question).where(Question.id.in_(question_ids))):
        before = [getattr(lock(question), name) for name in SETTLED]
        threads.settle(question)
        wrong += before != [getattr(question, name) for name in SETTLED]
    return wrong
