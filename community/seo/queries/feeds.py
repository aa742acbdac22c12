"""What feeds tell: the latest questions of a list, the latest words of a member or in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from community.core.db import db
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Tag
from community.questions.models import Answer, Question
from community.questions.queries import is_public, lists
from community.questions.queries.lists import WANT_AN_ANSWER, Filters

LENGTH = 20


@dataclass(frozen=True)
class Item:
    """One entry of a feed: a post, the question it belongs to, and when it last changed."""

    post: Question | Answer
    question: Question
    tags: Sequence[Tag] = ()

    @property
    def updated_at(self) -> datetime:
        post = self.post
        written_at = post.edited_at or post.created_at
        return post.content_changed_at if isinstance(post, Question) else written_at

    @property
    def lang(self) -> str:
        return self.post.lang or self.question.lang


def questions(filters: Filters) -> list[Item]:
    """Return the latest questions of a list, in two statements."""
    return _newest(lists.filtered(filters))


def unanswered() -> list[Item]:
    """Return the latest questions that nobody has answered."""
    waiting = lists.filtered(Filters()).where(
        Question.answer_count == 0,
        Question.closed_at.is_(None),
        Question.purpose.in_(WANT_AN_ANSWER),
    )
    return _newest(waiting)


def by_member(member: Member) -> list[Item]:
    """Return what a member asked and answered last, in four statements."""
    asked = questions(Filters(author_id=member.id))
    given = lists.answers_by(member, 1, LENGTH).items
    answered = [Item(each.answer, each.question) for each in given]
    for each in answered:
        set_committed_value(each.post, "author", member)
    return _latest([*asked, *answered])


def in_thread(question: Question) -> list[Item]:
    """Return the question itself, with its author loaded, and the latest answers to it."""
    said = (
        select(Answer)
        .where(Answer.question_id == question.id, *is_public())
        .options(joinedload(Answer.author))
        .order_by(Answer.created_at.desc())
        .limit(LENGTH - 1)
    )
    answers = [Item(each, question) for each in db.session.scalars(said)]
    return [*answers, Item(question, question)]


def _newest(rows: Select[Any]) -> list[Item]:
    newest = rows.options(
        joinedload(Question.author), joinedload(Question.product), selectinload(Question.tags)
    )
    ordered = newest.order_by(Post.created_at.desc(), Post.id.desc()).limit(LENGTH)
    found: Sequence[Question] = db.session.scalars(ordered).unique().all()
    return [Item(each, each, each.tags) for each in found]


def _latest(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.post.created_at, reverse=True)[:LENGTH]
