"""Following a question, and having its problem too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update

from community.core.clock import now
from community.core.db import db, lock, put_once, transaction
from community.core.events import emit
from community.core.policy import require, unguarded
from community.members.models import Member
from community.questions.events import MeTooSaid
from community.questions.models import Follow, MeToo, Question
from community.questions.policies import may_follow, may_have_too
from community.questions.threads import settle


@transaction
def follow(actor: Member, question: Question) -> None:
    """Hear what happens to a question from now on. Twice is once."""
    require(may_follow(actor, question))
    _add_once(Follow, member_id=actor.id, question_id=question.id, since=now())


@transaction
def unfollow(actor: Member, question: Question) -> None:
    """Hear no more of a question."""
    require(may_follow(actor, question))
    db.session.execute(
        delete(Follow).where(Follow.member_id == actor.id, Follow.question_id == question.id)
    )


@transaction
def have_too(actor: Member, question: Question) -> int:
    """Say "I have this problem too" and follow it; return how many have it. Twice is once."""
    require(may_have_too(actor, lock(question)))
    added = _add_once(MeToo, member_id=actor.id, question_id=question.id, since=now())
    follow(actor, question)
    if added:
        emit(MeTooSaid(question_id=question.id, member_id=actor.id))
    return _count_too(question, added)


@transaction
def have_no_more(actor: Member, question: Question) -> int:
    """Take back "I have this problem too"; return how many have it."""
    require(may_follow(actor, lock(question)))
    mine = delete(MeToo).where(MeToo.member_id == actor.id, MeToo.question_id == question.id)
    gone = cast("CursorResult[Any]", db.session.execute(mine)).rowcount
    return _count_too(question, -gone)


@transaction
@unguarded("part of closing as a duplicate")
def move_followers(duplicate: Question, original: Question) -> None:
    """Let who follows or has the problem of a duplicate follow or have that of its original."""
    for table in (Follow, MeToo):
        members = select(table.member_id).where(
            table.question_id == duplicate.id, table.member_id != original.author_id
        )
        for member_id in db.session.scalars(members).all():
            _add_once(table, member_id=member_id, question_id=original.id, since=now())
        db.session.execute(delete(table).where(table.question_id == duplicate.id))
    _add_once(Follow, member_id=duplicate.author_id, question_id=original.id, since=now())
    if duplicate.author_id != original.author_id:
        _add_once(MeToo, member_id=duplicate.author_id, question_id=original.id, since=now())
    for question in (duplicate, original):
        having = select(func.count()).where(MeToo.question_id == question.id)
        question.me_too_count = db.session.scalar(having) or 0


@transaction
@unguarded("part of removing a spammer, which has its policy")
def take_out(me_too_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Take "I have this problem too" back for somebody; return what it takes to put it back."""
    found = select(MeToo).where(MeToo.id.in_(me_too_ids)).order_by(MeToo.id).with_for_update()
    kept = []
    for mine in db.session.scalars(found).all():
        question = lock(db.session.get_one(Question, mine.question_id))
        columns = {column.key: getattr(mine, column.key) for column in MeToo.__table__.c}
        kept.append(columns | {"since": mine.since.isoformat()})
        db.session.delete(mine)
        db.session.flush()
        _count_too(question, -1)
    return kept


@transaction
@unguarded("part of undoing, which has its policy")
def put_back(kept: Sequence[dict[str, Any]]) -> None:
    """Let "I have this problem too" count again that was taken out. Twice is once."""
    for each in kept:
        question = lock(db.session.get_one(Question, each["question_id"]))
        since = datetime.fromisoformat(each["since"])
        _count_too(question, _add_once(MeToo, **each | {"since": since}))


def _count_too(question: Question, change: int) -> int:
    if change:
        counting = update(Question).where(Question.id == question.id)
        db.session.execute(
            counting.values(me_too_count=Question.me_too_count + change).execution_options(
                synchronize_session=False
            )
        )
    db.session.refresh(question, ["me_too_count"])
    settle(question)
    return question.me_too_count


def _add_once(table: type[Follow | MeToo], **values: Any) -> int:  # noqa: ANN401
    """Insert a row unless it is there; return how many were inserted."""
    return int(put_once(table, **values) is not None)
