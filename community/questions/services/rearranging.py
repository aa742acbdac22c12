"""Putting threads in order: answers that are comments, and answers that need a thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, update

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, insert_once, lock, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts import services as post_services
from community.posts.models import Post
from community.questions import queries
from community.questions.events import QuestionAsked, QuestionMoved, QuestionSplit
from community.questions.models import (
    Answer,
    Comment,
    Follow,
    Question,
    QuestionKind,
    Reply,
    State,
)
from community.questions.policies import may_rearrange
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
    actor: Member, question: Question, answer_ids: Sequence[int], title: str, reason: str = ""
) -> Question:
    """Give answers a thread of their own: the earliest is the question, and its author asks it.

    They keep their numbers, and so their addresses; comments come along. Raises Invalid for
    none, for those of another question, and for what is marked.
    """
    require(may_rearrange(actor, lock(question)))
    answers = _chosen(question, answer_ids)
    first, ids = answers[0], [each.id for each in answers]
    if not first.is_visible:
        raise Invalid(
            _l("The earliest answer becomes the question, so it has to be public."),
            field="answers",
        )
    _refuse_marked(question, first)
    _ask(first, question, title)
    _run(update(POSTS).where(POSTS.c.id.in_(ids[1:])).values(question_id=ids[0]))
    _run(update(POSTS).where(POSTS.c.parent_id.in_(ids)).values(question_id=ids[0]))
    question_id = question.id
    db.session.expunge(first)
    db.session.expire_all()
    new = lock(queries.by_id(ids[0]))
    db.session.execute(_following(new))
    post_services.note_version(actor, new, title=new.title, tags=(), reason=reason)
    _settled(actor, new, "split-off", *ids, reason=reason)
    _settled(actor, lock(queries.by_id(question_id)), "split", *ids, reason=reason)
    emit(QuestionAsked(question_id=new.id, author_id=new.author_id))
    emit(QuestionSplit(question_id=new.id, from_id=question_id, actor_id=actor.id))
    return new


def _chosen(question: Question, answer_ids: Sequence[int]) -> list[Answer]:
    """Return the answers that were chosen, locked, the earliest first."""
    answers = [lock(queries.answer_by_id(each)) for each in sorted(set(answer_ids))]
    if not answers or any(each.question_id != question.id for each in answers):
        raise Invalid(_l("Choose answers of this question."), field="answers")
    for each in answers:
        _refuse_marked(question, each, solution_only=True)
    return sorted(answers, key=lambda each: (each.created_at, each.id))


def _ask(answer: Answer, beside: Question, title: str) -> None:
    """Make a question of an answer, in the row that it has."""
    named = Question()
    named.set_title(title)
    _run(
        update(POSTS)
        .where(POSTS.c.id == answer.id)
        .values(
            kind="question",
            question_id=None,
            title=named.title,
            slug=named.slug,
            lang=answer.lang or beside.lang,
            purpose=QuestionKind.QUESTION,
            state=State.NEEDS_ATTENTION,
            active_at=answer.created_at,
            **dict.fromkeys(("views", "answer_count", "me_too_count"), 0),
            **dict.fromkeys(("is_partial", "asks_for_info", "pinned_everywhere"), False),
        )
    )


def _following(question: Question) -> Any:  # noqa: ANN401
    values = {"member_id": question.author_id, "question_id": question.id, "since": now()}
    return insert_once(Follow, **values)


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


def _settled(
    actor: Member, question: Question, name: str, *post_ids: int, reason: str = ""
) -> None:
    record(actor.id, name, f"posts:{question.id}", after=list(post_ids), reason=reason)
    content_changed(question)
    settle(question)
    emit(QuestionMoved(question_id=question.id, actor_id=actor.id))
