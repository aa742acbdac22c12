"""Keeping a thread in step with its posts: state, counts and activity."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import change_straight, connection, db
from community.posts.models import Post
from community.questions.indexability import Facts, is_indexable
from community.questions.models import Answer, Comment, Question, QuestionKind, Reply
from community.questions.states import Utterance, derive
from community.search import services as search_services


class Said(NamedTuple):
    """What counts of a reply that everybody sees."""

    kind: str
    author_id: int
    created_at: datetime
    asks_for_info: bool
    is_partial: bool | None
    official_at: datetime | None
    score: int
    characters: int


def settle(question: Question, new: Answer | Comment | None = None) -> None:
    """Work out again what follows from the posts of a thread. Called after every change.

    A new reply counts, too, that has its text and is going to be written next.

    The question must be locked by the caller, so that two changes do not overlook each other.
    """
    db.session.flush()
    replies = _visible_replies(question)
    if new is not None:
        replies = sorted([*replies, _said(new)], key=attrgetter("created_at"))
    # What a measure demoted does not rise any more when somebody replies.
    lifting = () if question.demoted_at else replies
    state = derive(
        closed=not question.is_open,
        solved=question.is_solved,
        said=[_utterance(reply, question) for reply in _with_taking_back(replies, question)],
    )
    change_straight(
        question,
        answer_count=sum(reply.kind == "answer" for reply in replies),
        active_at=max([question.created_at, *(reply.created_at for reply in lifting)]),
        state=state,
        indexable_since=_indexable_since(question, replies),
        content_changed_at=new.created_at if new else question.content_changed_at,
    )


def _indexable_since(question: Question, replies: list[Said]) -> datetime | None:
    """Return since when search engines are invited, if they are; the day of that stays."""
    answers = [reply for reply in replies if reply.kind == "answer"]
    facts = Facts(
        announced=question.purpose == QuestionKind.ANNOUNCEMENT,
        solved=question.is_solved,
        official=any(reply.official_at for reply in answers),
        best_score=max((reply.score for reply in answers), default=0),
        characters=sum(reply.characters for reply in answers),
        me_too=question.me_too_count,
    )
    return (question.indexable_since or now()) if is_indexable(facts) else None


def _visible_replies(question: Question) -> list[Said]:
    """Return the replies that everybody sees; what hangs on an answer that is gone is none."""
    found = connection().execute(_VISIBLE_REPLIES, {"question_id": question.id})
    return [Said(*reply) for reply in found]


def _said(new: Answer | Comment) -> Said:
    is_partial = isinstance(new, Answer) and new.is_partial
    return Said(
        kind=new.kind,
        author_id=new.author_id,
        created_at=new.created_at,
        asks_for_info=new.asks_for_info,
        is_partial=is_partial,
        official_at=None,
        score=0,
        characters=len(new.body),
    )


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


def _with_taking_back(replies: list[Said], question: Question) -> list[Said | None]:
    """Put in, as None, the moment at which the asker spoke up without replying."""
    since = question.asker_spoke_at
    if since is None:
        return list(replies)
    before = [reply for reply in replies if reply.created_at <= since]
    return [*before, None, *replies[len(before) :]]


def _utterance(reply: Said | None, question: Question) -> Utterance:
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
