"""Keeping a thread in step with its posts: state, counts and activity."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import connection, db
from community.posts.models import Post
from community.questions.indexability import Facts, is_indexable
from community.questions.models import Question, QuestionKind, Reply
from community.questions.states import Utterance, derive
from community.search import services as search_services


def settle(question: Question) -> None:
    """Work out again what follows from the posts of a thread. Called after every change.

    The question must be locked by the caller, so that two changes do not overlook each other. It
    is written with the next statement, together with what else changes about it.
    """
    db.session.flush()
    replies = _visible_replies(question)
    question.answer_count = sum(reply.kind == "answer" for reply in replies)
    # What a measure demoted does not rise any more when somebody replies.
    lifting = () if question.demoted_at else replies
    question.active_at = max([question.created_at, *(reply.created_at for reply in lifting)])
    question.state = derive(
        closed=not question.is_open,
        solved=question.is_solved,
        said=[_utterance(reply, question) for reply in _with_taking_back(replies, question)],
    )
    _settle_indexability(question, replies)


def _settle_indexability(question: Question, replies: list[Row[Any]]) -> None:
    """Invite search engines, or ask them to wait; the day of the invitation stays."""
    answers = [reply for reply in replies if reply.kind == "answer"]
    facts = Facts(
        announced=question.purpose == QuestionKind.ANNOUNCEMENT,
        solved=question.is_solved,
        official=any(reply.official_at for reply in answers),
        best_score=max((reply.score for reply in answers), default=0),
        characters=sum(reply.characters for reply in answers),
        me_too=question.me_too_count,
    )
    if not is_indexable(facts):
        question.indexable_since = None
    elif question.indexable_since is None:
        question.indexable_since = now()


def _visible_replies(question: Question) -> list[Row[Any]]:
    """Return the replies that everybody sees; what hangs on an answer that is gone is none."""
    return list(connection().execute(_VISIBLE_REPLIES, {"question_id": question.id}))


def _select_visible_replies() -> Select[Any]:
    parent = aliased(Post)
    said = (
        select(
            Reply.kind,
            Reply.author_id,
            Reply.created_at,
            Reply.asks_for_info,
            Reply.__table__.c.is_partial,
            Reply.__table__.c.official_at,
            Reply.score,
            func.length(Reply.body).label("characters"),
        )
        .outerjoin(parent, parent.id == Reply.__table__.c.parent_id)
        .where(
            Reply.question_id == bindparam("question_id"),
            Reply.deleted_at.is_(None),
            Reply.hidden_at.is_(None),
            parent.deleted_at.is_(None),
            parent.hidden_at.is_(None),
        )
    )
    return said.order_by(Reply.created_at, Reply.id)


# Put together once: that takes longer than the database needs to answer.
_VISIBLE_REPLIES = _select_visible_replies()


def _with_taking_back(replies: list[Row[Any]], question: Question) -> list[Row[Any] | None]:
    """Put in, as None, the moment at which the asker spoke up without replying."""
    since = question.asker_spoke_at
    if since is None:
        return list(replies)
    before = [reply for reply in replies if reply.created_at <= since]
    return [*before, None, *replies[len(before) :]]


def _utterance(reply: Row[Any] | None, question: Question) -> Utterance:
    if reply is None:
        return Utterance(by_asker=True, is_answer=False)
    return Utterance(
        by_asker=reply.author_id == question.author_id,
        is_answer=reply.kind == "answer",
        is_partial=bool(reply.is_partial),
        asks_for_info=bool(reply.asks_for_info),
    )


def content_changed(question: Question) -> None:
    """Note that a text of the thread came, changed or went."""
    question.content_changed_at = now()
    note_change(question.id)


def note_change(question_id: int) -> None:
    """Let the search index follow."""
    search_services.note_change(f"questions:{question_id}")
