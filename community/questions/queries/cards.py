"""What a short list shows of each question, read without making objects of whole rows.

A search and the questions about the same are asked for in no time, while somebody types. Reading
twenty questions as rows of models takes longer than finding them; these statements are put
together once, and read a few columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, exists, select
from sqlalchemy.orm import aliased

from community.core.db import db
from community.products.models import Product, Tag
from community.questions.models import Answer, Question, QuestionKind, State, taggings
from community.questions.queries import is_public


@dataclass(frozen=True)
class Label:
    """A name that leads somewhere: a product or a tag."""

    slug: str
    name: str


@dataclass(frozen=True)
class Card:
    """A question as lists of hits show it."""

    id: int
    title: str
    slug: str
    lang: str
    purpose: QuestionKind
    state: State
    answer_count: int
    score: int
    created_at: datetime
    duplicate_of_id: int | None
    is_solved: bool
    product: Label
    tags: Sequence[Label] = ()


_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
# Columns of the table, not of the model: that would add that these are questions, which is known,
# and may lead a database to begin with all questions.
_POST = Question.__table__.c
_COLUMNS = (
    _POST.id,
    _POST.title,
    _POST.slug,
    _POST.lang,
    _POST.purpose,
    _POST.state,
    _POST.answer_count,
    _POST.score,
    _POST.created_at,
    _POST.duplicate_of_id,
    _POST.solution_id,
)


def _statement() -> Select[*tuple[object, ...]]:
    product = Product.__table__.c
    named = product.slug.label("product_slug"), product.name.label("product_name")
    found = select(*_COLUMNS, *named).join(Product.__table__, product.id == _POST.product_id)
    return found.where(_POST.id.in_(_IDS), *is_public())


def _with_official() -> Select[*tuple[object, ...]]:
    """Add whether the company answered."""
    reply = aliased(Answer)
    official = exists().where(
        reply.question_id == _POST.id,
        reply.official_at.is_not(None),
        reply.deleted_at.is_(None),
        reply.hidden_at.is_(None),
    )
    return _statement().add_columns(official.label("is_official"))


_PUBLIC, _PUBLIC_AND_OFFICIAL = _statement(), _with_official()
_TAGS = (
    select(taggings.c.question_id, Tag.slug, Tag.name)
    .join(Tag, Tag.id == taggings.c.tag_id)
    .where(taggings.c.question_id.in_(_IDS))
    .order_by(Tag.slug)
)


def cards(question_ids: Sequence[int]) -> dict[int, Card]:
    """Return what is public of these questions, with their tags, in two statements."""
    rows = db.session.execute(_PUBLIC, {"ids": question_ids}).all()
    tags: dict[int, list[Label]] = defaultdict(list)
    for question_id, slug, name in db.session.execute(_TAGS, {"ids": question_ids}):
        tags[question_id].append(Label(slug, name))
    return {row.id: _card(row, tags[row.id]) for row in rows}


def cards_and_official(question_ids: Sequence[int]) -> dict[int, tuple[Card, bool]]:
    """Return what is public of these, and whether the company answered: one statement, no tags."""
    if not question_ids:
        return {}
    rows = db.session.execute(_PUBLIC_AND_OFFICIAL, {"ids": question_ids})
    return {row.id: (_card(row), bool(row.is_official)) for row in rows}


def _card(row: Row[*tuple[object, ...]], tags: Iterable[Label] = ()) -> Card:
    # Positions: names are looked up slowly.
    values = tuple(row)
    product = Label(str(values[11]), str(values[12]))
    shown: dict[str, Any] = dict(zip(_NAMES, values, strict=False))
    return Card(**shown, is_solved=values[10] is not None, product=product, tags=tuple(tags))


_NAMES = [column.key for column in _COLUMNS[:-1]]
