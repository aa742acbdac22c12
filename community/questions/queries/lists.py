"""Lists of questions: filtered, sorted, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Product, Tag, Topic
from community.questions.models import Answer, Question, QuestionKind, State, taggings
from community.questions.queries import for_rows, is_public

SORTS: dict[str, tuple[Any, ...]] = {
    "newest": (Question.created_at.desc(), Question.id.desc()),
    "active": (Question.active_at.desc(), Question.id.desc()),
    "votes": (Question.score.desc(), Question.id.desc()),
    "me-too": (Question.me_too_count.desc(), Question.id.desc()),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which questions a list shows, and in which order."""

    state: State | None = None
    product: Product | None = None
    topic: Topic | None = None
    tag: Tag | None = None
    kind: QuestionKind | None = None
    lang: str | None = None
    author_id: int | None = None
    sort: str = "newest"


def listed(filters: Filters, page: int, size: int = 20) -> Page[Question]:
    """Return a page of public questions: three statements, however many rows there are."""
    rows = _filtered(filters).options(*for_rows()).order_by(*SORTS[filters.sort])
    return page_of(rows, page, size)


def _filtered(filters: Filters) -> Select[Any]:
    rows = select(Question).where(*is_public())
    wanted = {
        Question.state: filters.state,
        Question.product_id: filters.product.id if filters.product else None,
        Question.topic_id: filters.topic.id if filters.topic else None,
        Question.purpose: filters.kind,
        Question.lang: filters.lang,
        Post.author_id: filters.author_id,
    }
    for column, value in wanted.items():
        if value is not None:
            rows = rows.where(column == value)
    if filters.tag:
        rows = rows.join(taggings, taggings.c.question_id == Question.id)
        rows = rows.where(taggings.c.tag_id == filters.tag.id)
    return rows


def _first(rows: Select[Any], number: int) -> Sequence[Question]:
    rows = rows.where(*is_public()).options(*for_rows()).limit(number)
    return db.session.scalars(rows).unique().all()


def needing_help(number: int = 5) -> Sequence[Question]:
    """Return the questions that wait for somebody, the latest first."""
    waiting = select(Question).where(Question.state == State.NEEDS_ATTENTION)
    return _first(waiting.order_by(*SORTS["active"]), number)


def solved_lately(number: int = 5) -> Sequence[Question]:
    """Return the questions that were solved last."""
    solved = select(Question).where(Question.solved_at.is_not(None))
    return _first(solved.order_by(Question.solved_at.desc()), number)


def announcements(number: int = 3) -> Sequence[Question]:
    """Return the latest announcements of the brand."""
    said = select(Question).where(Question.purpose == QuestionKind.ANNOUNCEMENT)
    return _first(said.order_by(*SORTS["active"]), number)


def answers_by(author: Member, page: int, size: int = 20) -> Page[Answer]:
    """Return a page of a member's public answers, the latest first, without their questions."""
    mine = select(Answer).where(Answer.author_id == author.id, *is_public())
    return page_of(mine.order_by(Answer.created_at.desc(), Answer.id.desc()), page, size)
