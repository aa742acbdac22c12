"""Lists of questions: filtered, sorted, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from community.core.clock import now
from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Tag, Topic
from community.questions.models import Answer, Question, QuestionKind, State, taggings
from community.questions.queries import for_rows, is_public, without_text

SORTS: dict[str, tuple[Any, ...]] = {
    "active": (Question.active_at.desc(), Question.id.desc()),
    "newest": (Question.created_at.desc(), Question.id.desc()),
    "votes": (Question.score.desc(), Question.id.desc()),
    "me-too": (Question.me_too_count.desc(), Question.id.desc()),
}

MOST_PINNED = 5
# Few are found by a column of the table; the model would add that they are questions, and SQLite
# would begin with all of these.
_ROW = Question.__table__.c
# Praise and announcements wait for nobody.
WANT_AN_ANSWER = (QuestionKind.QUESTION, QuestionKind.COMPLAINT)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which questions a list shows, and in which order. Topic and tag are slugs."""

    state: State | None = None
    product_id: int | None = None
    topic: str = ""
    tag: str = ""
    kind: QuestionKind | None = None
    lang: str = ""
    author_id: int | None = None
    sort: str = "active"


def listed(filters: Filters, page: int, size: int = 20) -> Page[Question]:
    """Return a page of public questions: three statements, however many rows there are."""
    return _page(filtered(filters), filters, page, size)


def with_pinned(
    filters: Filters, page: int, size: int = 20
) -> tuple[Sequence[Question], Page[Question]]:
    """Return what is pinned for the first page of a list, and a page of the rest.

    Four statements, however many rows there are. A list that somebody narrowed down
    or sorted otherwise shows everything in its place.
    """
    first = pinned(filters.product_id) if filters == _plain(filters) else []
    rest = filtered(filters)
    if first:
        rest = rest.where(Question.id.not_in([each.id for each in first]))
    return (first if page == 1 else []), _page(rest, filters, page, size)


def _plain(filters: Filters) -> Filters:
    return Filters(product_id=filters.product_id)


def pinned(product_id: int | None) -> Sequence[Question]:
    """Return the questions that stand first in all lists, or in those of a product."""
    here: ColumnElement[bool] = Question.pinned_everywhere.is_(True)
    if product_id is not None:
        here |= Question.product_id == product_id
    standing = select(_ROW.id).where(_ROW.pinned_until > now())
    rows = select(Question).where(Question.id.in_(standing), here)
    return _first(rows.order_by(Question.created_at.desc(), Question.id), MOST_PINNED)


def _page(rows: Select[Any], filters: Filters, page: int, size: int) -> Page[Question]:
    ordered = rows.options(*for_rows()).order_by(*SORTS[filters.sort])
    return page_of(ordered, page, size)


def filtered(filters: Filters) -> Select[Any]:
    """Return the select of the public questions that fit."""
    rows = select(Question).where(*is_public())
    wanted: dict[Any, Any] = {
        Question.state: filters.state,
        Question.product_id: filters.product_id,
        Question.purpose: filters.kind,
        Question.lang: filters.lang or None,
        Post.author_id: filters.author_id,
    }
    rows = rows.where(*(column == value for column, value in wanted.items() if value is not None))
    if filters.topic:
        topics = select(Topic.id).where(Topic.slug == filters.topic)
        rows = rows.where(Question.topic_id.in_(topics))
    if filters.tag:
        tag = select(Tag.id).where(Tag.slug == filters.tag).scalar_subquery()
        rows = rows.join(taggings, taggings.c.question_id == Question.id)
        rows = rows.where(taggings.c.tag_id == tag)
    return rows


def needing_help(number: int = 5) -> Sequence[Question]:
    """Return the questions that wait for somebody, the latest first."""
    waiting = select(Question).where(
        Question.state == State.NEEDS_ATTENTION, Question.purpose.in_(WANT_AN_ANSWER)
    )
    return _first(waiting.order_by(*SORTS["active"]), number)


def solved_lately(number: int = 5) -> Sequence[Question]:
    """Return the questions that were solved last."""
    latest = select(_ROW.id).where(_ROW.solved_at.is_not(None), *is_public())
    latest = latest.order_by(_ROW.solved_at.desc()).limit(number)
    solved = select(Question).where(Question.id.in_(latest))
    return _first(solved.order_by(Question.solved_at.desc()), number)


def announcements(number: int = 3) -> Sequence[Question]:
    """Return the latest announcements of the brand."""
    said = select(Question).where(Question.purpose == QuestionKind.ANNOUNCEMENT)
    return _first(said.order_by(*SORTS["active"]), number)


def _first(rows: Select[Any], number: int) -> Sequence[Question]:
    """Return the first rows in one statement: these short lists show no tags."""
    loads = (joinedload(Question.author), joinedload(Question.product), *without_text())
    return db.session.scalars(rows.where(*is_public()).options(*loads).limit(number)).all()


@dataclass(frozen=True)
class Given:
    """An answer in a list of a member's answers, with the question it was given to."""

    answer: Answer
    question: Question

    @property
    def is_solution(self) -> bool:
        return self.question.solution_id == self.answer.id


def answers_by(author: Member, page: int, size: int = 20) -> Page[Given]:
    """Return a page of a member's public answers, the latest first, with their questions."""
    mine = select(Answer).where(Answer.author_id == author.id, *is_public())
    found = page_of(mine.order_by(Answer.created_at.desc(), Answer.id.desc()), page, size)
    ids = {answer.question_id for answer in found.items}
    questions = select(Question).where(Question.id.in_(ids), *is_public())
    by_id = {question.id: question for question in db.session.scalars(questions)}
    given = [
        Given(answer, by_id[answer.question_id])
        for answer in found.items
        if answer.question_id in by_id
    ]
    return Page(given, found.number, found.size, found.total)


@dataclass(frozen=True)
class Counts:
    """How much a member did in public."""

    questions: int
    answers: int
    # Questions of others that the member solved, and how many people asked them.
    solutions: int
    helped: int


def counts_of(member: Member) -> Counts:
    """Count public questions, answers, solved questions of others, and whom that helped."""
    public = select(func.count()).where(Post.author_id == member.id, *is_public())
    given = aliased(Answer)
    solved = (
        select()
        .select_from(given)
        .join(Question, (Question.id == given.question_id) & (Question.solution_id == given.id))
        .where(given.author_id == member.id, Post.author_id != member.id, *is_public())
        .where(given.deleted_at.is_(None), given.hidden_at.is_(None))
    )
    row = db.session.execute(
        select(
            public.where(Post.kind == "question").scalar_subquery(),
            public.where(Post.kind == "answer").scalar_subquery(),
            solved.add_columns(func.count()).scalar_subquery(),
            solved.add_columns(func.count(Post.author_id.distinct())).scalar_subquery(),
        )
    ).one()
    return Counts(*row)
