"""Making one thread of two, and two of one again.

The question that is merged keeps its row, its text, its votes and its mark of what solved it, and
is shown below the other one. Its replies keep their numbers and belong to the other one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, or_, select, update

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Conflict, Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts.models import Post
from community.questions import queries
from community.questions.events import QuestionMerged, QuestionMoved, QuestionParted
from community.questions.models import Question, Reply
from community.questions.models.merging import Merge
from community.questions.policies import may_part, may_rearrange
from community.questions.queries import merges
from community.questions.services import gathering
from community.questions.services.asking import recount_tags
from community.questions.threads import content_changed, settle

POSTS = cast(Table, Post.__table__)


@transaction
def merge(actor: Member, question: Question, into: Question, reason: str = "") -> None:
    """Make a thread a part of another one. Its addresses lead there from now on.

    The other one takes the replies, who follows and who has the problem, and the solution if it
    has none. Raises Invalid where that cannot be, Forbidden if one of them is gone meanwhile.
    """
    _lock_both(question, into)
    require(may_rearrange(actor, question) and may_rearrange(actor, into))
    _refuse(question, into)
    moved = _move_replies(question, into)
    moved |= gathering.gather(question, into)
    if into.solution_id is None and question.solution_id is not None:
        moved["solution_id"] = into.solution_id = question.solution_id
        into.solved_at, into.solved_by_id = question.solved_at, question.solved_by_id
    moved["indexable_since"] = _moment(question)
    question.merged_into_id = into.id
    save(Merge(question_id=question.id, into_id=into.id, actor_id=actor.id, moved=moved))
    record(actor.id, "merge", f"posts:{question.id}", after=into.id, reason=reason)
    _settle_both(question, into)
    emit(QuestionMerged(question_id=question.id, into_id=into.id, actor_id=actor.id))
    emit(QuestionMoved(question_id=into.id, actor_id=actor.id))


@transaction
def part(actor: Member, question: Question, reason: str = "") -> None:
    """Make two threads again of what was merged; what came later stays where it was written.

    Raises Conflict if it is none, and Invalid while the solution is one of those that leave.
    """
    into_id = question.merged_into_id
    if into_id is None:
        raise Conflict(_l("This question is not merged."))
    into = queries.by_id(into_id)
    _lock_both(question, into)
    require(may_part(actor, question, into))
    latest = merges.latest(question.id, into.id)
    if question.merged_into_id != into_id or latest is None:
        raise Conflict(_l("This question is not merged."))
    _give_back_solution(into, latest.moved)
    question.merged_into_id = None
    _move_back(question, into, latest.moved)
    gathering.give_back(question, into, latest.moved)
    latest.undone_at, latest.undone_by_id = now(), actor.id
    record(actor.id, "part", f"posts:{question.id}", before=into.id, reason=reason)
    _settle_both(question, into)
    since = latest.moved.get("indexable_since")
    if since and question.indexable_since:
        question.indexable_since = datetime.fromisoformat(since)
    emit(QuestionParted(question_id=question.id, from_id=into.id, actor_id=actor.id))
    for each in (question, into):
        emit(QuestionMoved(question_id=each.id, actor_id=actor.id))


def _lock_both(one: Question, other: Question) -> None:
    """Lock in one order, so that two who merge crosswise do not wait for each other."""
    for each in sorted({one, other}, key=lambda each: each.id):
        lock(each)


def _refuse(question: Question, into: Question) -> None:
    if question.id == into.id:
        raise Invalid(_l("A question cannot be merged with itself."), field="into")
    if into.duplicate_of_id == question.id:
        raise Invalid(
            _l("That question is closed as a duplicate of this one. Merge that one into this one."),
            field="into",
        )


def _move_replies(question: Question, into: Question) -> dict[str, Any]:
    """Let all replies belong to the other thread; return the numbers of those that moved."""
    mine = queries.belongs_to(question.id)
    on_question = POSTS.c.parent_id == question.id
    replies = list(db.session.scalars(select(POSTS.c.id).where(mine)))
    comments = list(db.session.scalars(select(POSTS.c.id).where(on_question)))
    _set(update(POSTS).where(on_question).values(parent_id=into.id))
    _set(update(POSTS).where(mine).values(question_id=into.id, product_id=into.product_id))
    return {"replies": replies, "comments": comments}


def _give_back_solution(into: Question, moved: dict[str, Any]) -> None:
    if into.solution_id is None or into.solution_id not in moved["replies"]:
        return
    if into.solution_id != moved.get("solution_id"):
        raise Invalid(_l("The solution is one of those that leave. Take the mark away first."))
    into.solution_id, into.solved_at, into.solved_by_id = None, None, None


def _move_back(question: Question, into: Question, moved: dict[str, Any]) -> None:
    """Move what is still there, with the comments that were made on it meanwhile."""
    here = POSTS.c.question_id == into.id
    ids = moved["replies"]
    comments = and_(here, POSTS.c.id.in_(moved["comments"]), POSTS.c.parent_id == into.id)
    _set(update(POSTS).where(comments).values(parent_id=question.id))
    leaving = or_(POSTS.c.id.in_(ids), POSTS.c.parent_id.in_(ids))
    place = {"question_id": question.id, "product_id": question.product_id}
    _set(update(POSTS).where(here, leaving).values(**place))
    remaining = select(POSTS.c.id).where(
        POSTS.c.id == question.solution_id, POSTS.c.question_id == question.id
    )
    if question.solution_id is not None and db.session.scalar(remaining) is None:
        question.solution_id, question.solved_at, question.solved_by_id = None, None, None


def _settle_both(question: Question, into: Question) -> None:
    db.session.flush()
    for known in list(db.session):
        if isinstance(known, Reply):
            moved = {"question_id", "product_id", "parent_id"} & vars(known).keys()
            db.session.expire(known, moved)
    for each in (question, into):
        content_changed(each)
        settle(each)
    recount_tags(queries.tags_of(question))


def _moment(question: Question) -> str | None:
    return question.indexable_since.isoformat() if question.indexable_since else None


def _set(change: Any) -> None:  # noqa: ANN401
    db.session.flush()
    db.session.execute(change, execution_options={"synchronize_session": False})
