"""Questions as the search reads them: one document for each, with its answers and comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from community.core.db import db
from community.core.text import plain_text
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Product, Tag
from community.questions.models import Question, taggings
from community.questions.queries import is_public
from community.search.engine import Document
from community.search.sources import contains

BATCH = 500
# What a measure demoted comes after all that fits as well.
LOWEST_SCORE = -1000


def every_document() -> Iterator[Document]:
    """Yield the documents of all public questions, three statements for each 500.

    The oldest come first: an index may go by their order to find what is new.
    """
    in_time = (Question.created_at, Question.id)
    rows = _public().order_by(*in_time).limit(BATCH)
    questions = _read(rows)
    while questions:
        yield from _documents(questions)
        last = questions[-1]
        later = tuple_(*in_time) > tuple_(last.created_at, last.id)
        questions = _read(rows.where(later))


def documents_of(question_ids: Sequence[int]) -> Iterator[Document]:
    """Yield the documents of those of these questions that are public, in three statements."""
    questions = _read(_public().where(Question.id.in_(question_ids)))
    if questions:
        yield from _documents(questions)


def keys_by_title(words: list[str], limit: int) -> list[str]:
    """Return the keys of the newest public questions whose title holds every word."""
    named = select(Question.id).where(*is_public(), contains(Question.title, words))
    newest = named.order_by(Question.created_at.desc(), Question.id.desc()).limit(limit)
    return [key_of(question_id) for question_id in db.session.scalars(newest)]


def key_of(question_id: int) -> str:
    """Return the key under which the search knows a question."""
    return f"questions:{question_id}"


def _public() -> Select[*tuple[Any, ...]]:
    """Return the select of what a document shows of a question itself, without whole rows."""
    return (
        select(
            Question.id,
            Question.title,
            Question.body_html,
            Question.purpose,
            Question.lang,
            Question.solution_id,
            Question.created_at,
            Question.score,
            Question.demoted_at,
            Product.slug.label("product"),
            Member.handle.label("author"),
        )
        .join(Product, Product.id == Question.product_id)
        .join(Member, Member.id == Question.author_id)
        .where(*is_public())
    )


def _read(questions: Select[*tuple[Any, ...]]) -> Sequence[Row[Any]]:
    return db.session.execute(questions).all()


def _documents(questions: Sequence[Row[Any]]) -> Iterator[Document]:
    ids = [question.id for question in questions]
    tags, replies = _tags(ids), _replies(ids)
    for question in questions:
        said = replies[question.id]
        yield Document(
            key=key_of(question.id),
            title=question.title,
            text="\n\n".join(_texts(question, said)),
            product=question.product,
            tags=tuple(tags[question.id]),
            kind=question.purpose,
            lang=question.lang,
            solved=question.solution_id is not None,
            official=any(each.official_at for each in said),
            author=question.author,
            created_at=question.created_at,
            score=question.score if question.demoted_at is None else LOWEST_SCORE,
        )


def _texts(question: Row[Any], said: list[Row[Any]]) -> Iterator[str]:
    yield plain_text(question.body_html)
    for each in said:
        if each.title:
            yield each.title
        yield plain_text(each.body_html)


def _tags(question_ids: list[int]) -> dict[int, list[str]]:
    carried = (
        select(taggings.c.question_id, Tag.slug)
        .join(Tag, Tag.id == taggings.c.tag_id)
        .where(taggings.c.question_id.in_(question_ids))
        .order_by(Tag.slug)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for question_id, slug in db.session.execute(carried):
        found[question_id].append(slug)
    return found


def _replies(question_ids: list[int]) -> dict[int, list[Row[Any]]]:
    """Return what everybody sees: replies, and questions that were merged into these.

    What hangs on an answer that is gone, nobody sees.
    """
    posts, parent = Post.__table__, aliased(Post)
    thread = func.coalesce(posts.c.question_id, posts.c.merged_into_id).label("thread_id")
    said: Select[*tuple[Any, ...]] = (
        select(thread, posts.c.title, posts.c.body_html, posts.c.official_at)
        .outerjoin(parent, parent.id == posts.c.parent_id)
        .where(or_(posts.c.question_id.in_(question_ids), posts.c.merged_into_id.in_(question_ids)))
        .where(posts.c.deleted_at.is_(None), posts.c.hidden_at.is_(None))
        .where(parent.deleted_at.is_(None), parent.hidden_at.is_(None))
        .order_by(posts.c.created_at, posts.c.id)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for reply in db.session.execute(said):
        found[reply.thread_id].append(reply)
    return found
