"""What members have read and done, for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from community.core.clock import now
from community.core.db import db
from community.members.models import Member
from community.members.trust import Level
from community.moderation.models.items import Item, ItemKind, ItemState
from community.questions.models import Answer, MeToo, Question
from community.reputation.bars import WINDOW, Progress
from community.reputation.models import ReadingDay, Standing
from community.votes.models import Vote

# Whoever has not been here for so long has nothing new to be reached.
LATELY = timedelta(days=3)


def altogether(member_ids: Collection[int]) -> dict[int, Progress]:
    """Return what members did so far, in six statements for all of them."""
    return _progress(member_ids, None)


def lately(member_ids: Collection[int]) -> dict[int, Progress]:
    """Return what members did in the last hundred days."""
    return _progress(member_ids, now() - WINDOW)


def reading_of(member_id: int, day: date) -> ReadingDay | None:
    """Return what a member read on a day, locked until the transaction ends."""
    mine = select(ReadingDay).where(ReadingDay.member_id == member_id, ReadingDay.day == day)
    return db.session.scalar(mine.with_for_update())


def standings_of(member_ids: Collection[int]) -> dict[int, Standing]:
    """Return how members came to their levels."""
    rows = select(Standing).where(Standing.member_id.in_(member_ids))
    return {each.member_id: each for each in db.session.scalars(rows)}


def to_look_at(after: int, limit: int) -> Sequence[int]:
    """Return the next members whose level may change: who was here lately, and all regulars."""
    visits = select(ReadingDay.member_id).where(ReadingDay.day >= (now() - LATELY).date())
    concerned = or_(Member.id.in_(visits), Member.trust_level == Level.REGULAR)
    rows = select(Member.id).where(Member.id > after, concerned, Member.deleted_at.is_(None))
    return db.session.scalars(rows.order_by(Member.id).limit(limit)).all()


def _progress(ids: Collection[int], since: datetime | None) -> dict[int, Progress]:
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for name, rows in _counts(ids, since):
        for member_id, number in db.session.execute(rows):
            counts[member_id][name] = counts[member_id].get(name, 0) + number
    for member_id, *numbers in db.session.execute(_reading(ids, since)):
        names = ("days_visited", "questions_opened", "posts_read", "minutes")
        counts[member_id] |= dict(zip(names, numbers, strict=True))
        counts[member_id]["minutes"] //= 60
    return {member_id: Progress(**counts[member_id]) for member_id in ids}


def _reading(ids: Collection[int], since: datetime | None) -> Any:  # noqa: ANN401
    sums = select(
        ReadingDay.member_id,
        func.count(),
        func.sum(ReadingDay.questions),
        func.sum(ReadingDay.posts),
        func.sum(ReadingDay.seconds),
    ).where(ReadingDay.member_id.in_(ids))
    if since is not None:
        sums = sums.where(ReadingDay.day > since.date())
    return sums.group_by(ReadingDay.member_id)


def _counts(ids: Collection[int], since: datetime | None) -> Iterator[tuple[str, Any]]:
    given, thread = Answer.__table__.alias(), Question.__table__.alias()
    stands = (given.c.kind == "answer") & given.c.deleted_at.is_(None) & given.c.hidden_at.is_(None)
    for_others = stands & given.c.author_id.in_(ids) & (thread.c.author_id != given.c.author_id)
    answers = select(given.c.author_id).join_from(given, thread, thread.c.id == given.c.question_id)
    answers = answers.where(for_others, _after(given.c.created_at, since))
    by_author = answers.group_by(given.c.author_id)
    yield "questions_answered", by_author.add_columns(func.count(given.c.question_id.distinct()))
    yield "solutions", by_author.add_columns(func.count()).where(thread.c.solution_id == given.c.id)
    yield "helpful_answers", by_author.add_columns(func.count()).where(given.c.score > 0)
    yield "feedback", _grouped(MeToo.member_id, ids, _after(MeToo.since, since))
    yield "feedback", _grouped(Question.solved_by_id, ids, _after(Question.solved_at, since))
    helped = (Vote.value > 0) & Vote.invalidated_at.is_(None) & _after(Vote.cast_at, since)
    yield "feedback", _grouped(Vote.member_id, ids, helped)
    agreed = (Item.state == ItemState.AGREED) & Item.post_id.is_not(None)
    agreed &= Item.kind.in_((ItemKind.FLAG, ItemKind.NOTICE)) & _after(Item.decided_at, since)
    yield "confirmed_flags", _grouped(Item.member_id, ids, agreed)


def _grouped(column: Any, ids: Collection[int], condition: ColumnElement[bool]) -> Select[Any]:  # noqa: ANN401
    return select(column, func.count()).where(column.in_(ids), condition).group_by(column)


def _after(column: Any, since: datetime | None) -> ColumnElement[bool]:  # noqa: ANN401
    return true() if since is None else column > since
