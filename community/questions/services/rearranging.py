"""Putting threads in order: answers that are comments, and answers that need a thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, or_, update

from community.core.audit import record
from community.core.db import db, lock, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts.models import Post
from community.questions import queries
from community.questions.events import QuestionMoved
from community.questions.models import Answer, Comment, Question, Reply
from community.questions.policies import may_rearrange
from community.questions.services import asking
from community.questions.threads import content_changed, settle

QUIETLY = {"synchronize_session": False}
POSTS = cast(Table, Post.__table__)


@transaction
def make_comment(actor: Member, answer: Answer) -> None:
    """Make an answer a comment on its question; its comments come along.

    Raises Invalid for the solution and for what the company stands behind.
    """
    question = lock(queries.by_id(answer.question_id))
    require(may_rearrange(actor, question))
    _refuse_marked(question, lock(answer))
    answer_id, question_id = answer.id, question.id
    below = update(Comment).where(Comment.parent_id == answer_id).values(parent_id=question_id)
    itself = update(POSTS).where(POSTS.c.id == answer_id)
    _turn(answer, below, itself.values(kind="comment", parent_id=question_id))
    _settled(actor, question, "make-comment", answer_id)


@transaction
def make_answer(actor: Member, comment: Comment) -> None:
    """Make a comment an answer to its question."""
    question = lock(queries.by_id(comment.question_id))
    require(may_rearrange(actor, question))
    comment_id = comment.id
    itself = update(POSTS).where(POSTS.c.id == comment_id)
    _turn(comment, itself.values(kind="answer", parent_id=None, is_partial=False))
    _settled(actor, question, "make-answer", comment_id)


@transaction
def split(
    actor: Member, question: Question, answer_ids: Sequence[int], draft: asking.Draft
) -> Question:
    """Give answers a question of their own, with their comments; their addresses lead there.

    Raises Invalid for none, for those of another question, and for the solution.
    """
    require(may_rearrange(actor, lock(question)))
    answers = [queries.answer_by_id(each) for each in dict.fromkeys(answer_ids)]
    if not answers or any(each.question_id != question.id for each in answers):
        raise Invalid(_l("Choose answers of this question."), field="answers")
    for answer in answers:
        _refuse_marked(question, lock(answer), solution_only=True)
    new = asking.ask(actor, draft)
    ids = [each.id for each in answers]
    moved = or_(POSTS.c.id.in_(ids), POSTS.c.parent_id.in_(ids))
    shelf = {"question_id": new.id, "product_id": new.product_id}
    _run(update(POSTS).where(moved).values(**shelf))
    db.session.expire_all()
    _settled(actor, lock(queries.by_id(new.id)), "split-off", *ids)
    _settled(actor, lock(queries.by_id(question.id)), "split", *ids)
    return new


def _refuse_marked(question: Question, answer: Answer, *, solution_only: bool = False) -> None:
    if question.solution_id == answer.id:
        raise Invalid(_l("This is the solution. Take the mark away first."), field="answers")
    if answer.is_official and not solution_only:
        raise Invalid(_l("This answer is official. Take the mark away first."), field="answers")


def _turn(reply: Reply, *changes: object) -> None:
    """Change the kind of a row; the object in memory is of the old one."""
    db.session.flush()
    for change in changes:
        _run(change)
    db.session.expunge(reply)
    db.session.expire_all()


def _run(change: object) -> None:
    db.session.execute(change, execution_options=QUIETLY)  # type: ignore[call-overload]


def _settled(actor: Member, question: Question, name: str, *post_ids: int) -> None:
    record(actor.id, name, f"posts:{question.id}", after=list(post_ids))
    content_changed(question)
    settle(question)
    emit(QuestionMoved(question_id=question.id, actor_id=actor.id))
