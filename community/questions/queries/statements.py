"""The statements that read a thread: put together once, for it is the page most asked for."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload, load_only

from community.members.queries import named
from community.posts.models import Post
from community.products.models import Tag
from community.questions.models import (
    Answer,
    Comment,
    Question,
    Reply,
    related_questions,
    taggings,
)
from community.questions.queries import is_public

ANSWERS_A_PAGE = 20


class Related(NamedTuple):
    """What is shown of a related question."""

    id: int
    title: str
    slug: str
    lang: str
    solution_id: int | None


class Sight(StrEnum):
    """Which replies of a thread somebody sees."""

    EVERY = "every"
    PUBLIC = "public"
    PUBLIC_AND_OWN = "public-and-own"


class Has(NamedTuple):
    """What a question has that many do not: only then it is asked for."""

    parts: bool  # Questions that became a part of it.
    comments: bool  # In its thread, seen or not.
    unseen: bool  # Replies that are hidden or deleted.


@cache
def question() -> Select[Question, bool, bool, bool]:
    """Select a question with its author and place, and what it Has.

    What few questions have is left to statements of its own: tables joined for nothing take longer
    than all the rest.
    """
    part, comment, gone = aliased(Question), Post.__table__.alias(), Post.__table__.alias()
    in_thread = comment.c.question_id == Question.id
    not_seen = or_(gone.c.deleted_at.is_not(None), gone.c.hidden_at.is_not(None))
    return (
        select(
            Question,
            exists().where(part.merged_into_id == Question.id),
            exists().where(in_thread, comment.c.kind == "comment"),
            exists().where(gone.c.question_id == Question.id, not_seen),
        )
        .where(Question.id == bindparam("question", type_=Integer))
        .options(
            joinedload(Question.author).options(named()),
            joinedload(Question.product),
            joinedload(Question.topic),
        )
    )


@cache
def merged() -> Select[Question]:
    """Select the questions that became a part of one, with their authors."""
    return (
        select(Question)
        .where(Question.merged_into_id == bindparam("question", type_=Integer))
        .options(joinedload(Question.author).options(named()))
        .order_by(Question.id)
    )


@cache
def tags() -> Select[Tag]:
    """Select the tags of a question."""
    here = taggings.c.question_id == bindparam("question", type_=Integer)
    return select(Tag).join(taggings, taggings.c.tag_id == Tag.id).where(here).order_by(Tag.slug)


@cache
def unseen_authors() -> Select[int]:
    """Select who wrote what is hidden or deleted in a thread."""
    here = Reply.question_id == bindparam("question", type_=Integer)
    not_seen = or_(Reply.deleted_at.is_not(None), Reply.hidden_at.is_not(None))
    return select(Reply.author_id).where(here, not_seen)


@cache
def pointed_to() -> Select[Question]:
    """Select questions that another one leads to, as much of them as it shows."""
    questions: BindParameter[list[int]] = bindparam("questions", expanding=True)
    shown = Question.title, Question.slug, Question.lang, Question.state
    visible = Question.deleted_at, Question.hidden_at
    return select(Question).where(Question.id.in_(questions)).options(load_only(*shown, *visible))


def is_seen(sight: Sight) -> ColumnElement[bool]:
    """Return the condition under which a reply is seen; the viewer is the parameter "reader"."""
    public = Post.deleted_at.is_(None) & Post.hidden_at.is_(None)
    if sight == Sight.EVERY:
        return or_(public, Post.id > 0)
    if sight == Sight.PUBLIC:
        return public
    return or_(public, Post.author_id == bindparam("reader", type_=Integer))


@cache
def answers(sight: Sight) -> Select[Answer, int]:
    """Select a page of answers and how many there are: the solution, official ones, the rest."""
    return (
        select(Answer, func.count().over())
        .where(Answer.question_id == bindparam("question", type_=Integer), is_seen(sight))
        .options(joinedload(Answer.author).options(named()))
        .order_by(*order())
        .limit(ANSWERS_A_PAGE)
        .offset(bindparam("skipped", type_=Integer))
    )


@cache
def place(sight: Sight) -> Select[int]:
    """Select the place of an answer among those of its question, counted from one."""
    ranked = select(Answer.id, func.row_number().over(order_by=order()).label("place"))
    here = Answer.question_id == bindparam("question", type_=Integer)
    places = ranked.where(here, is_seen(sight)).subquery()
    return select(places.c.place).where(places.c.id == bindparam("answer", type_=Integer))


def order() -> tuple[Any, ...]:
    """Return the order of answers: the solution, official ones, then by score and age."""
    solves = Answer.id == bindparam("solution", type_=Integer)
    first = case((solves, 0), (Answer.official_at.is_not(None), 1))
    return (
        func.coalesce(first, 2),
        Answer.demoted_at.is_not(None),
        Answer.score.desc(),
        Answer.created_at,
        Answer.id,
    )


@cache
def comments(sight: Sight) -> Select[Comment]:
    """Select the comments on some posts, the oldest first."""
    posts: BindParameter[list[int]] = bindparam("posts", expanding=True)
    return (
        select(Comment)
        .where(Comment.parent_id.in_(posts), is_seen(sight))
        .options(joinedload(Comment.author).options(named()))
        .order_by(Comment.created_at, Comment.id)
    )


@cache
def related() -> Select[int, str, str, str, int | None]:
    """Select what is shown of the questions that are related to one, the nearest first."""
    here = related_questions.c.question_id == bindparam("question", type_=Integer)
    return (
        select(*(getattr(Question, name) for name in Related._fields))
        .join(related_questions, related_questions.c.related_id == Question.id)
        .where(here, *is_public())
        .order_by(related_questions.c.rank)
    )


@cache
def replies() -> Select[int]:
    """Select the numbers of the answers to a question, and of all comments."""
    reply = Post.__table__.c
    return select(reply.id).where(reply.question_id == bindparam("question", type_=Integer))


@cache
def of_thread() -> CompoundSelect[int]:
    """Select the numbers of a question and of all that was said to it."""
    return union_all(select(bindparam("question", type_=Integer)), replies())
