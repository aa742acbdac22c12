"""The pages that search engines are invited to keep, a portion at a time.

A portion is a range of row numbers, so that it stays the same when others come and go: only
portions in which something changed are written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from community.core.db import db
from community.members.models import Member, Role
from community.members.trust import Level
from community.posts.models import Post
from community.products.models import Product, Tag
from community.questions.models import Question
from community.questions.queries import is_public

PORTION = 10_000


@dataclass(frozen=True)
class Entry:
    """One page: what stands behind the address of its list, and when its content changed."""

    path: str
    changed_at: datetime | None = None


def questions(portion: int) -> list[Entry]:
    """Return the questions of a portion that are worth finding."""
    rows = select(Question.id, Question.slug, Question.content_changed_at).where(
        _in(Question.id, portion),
        Question.indexable_since.is_not(None),
        Question.merged_into_id.is_(None),
        *is_public(),
    )
    found = db.session.execute(rows.order_by(Question.id))
    return [Entry(f"/{each.id}/{each.slug}", each.content_changed_at) for each in found]


def members(portion: int) -> list[Entry]:
    """Return the members of a portion whose profiles are worth finding."""
    known = or_(Member.trust_level > Level.NEW, Member.staff_title != "", Member.role == Role.ADMIN)
    rows = select(Member.id, Member.handle).where(
        _in(Member.id, portion), Member.deleted_at.is_(None), known
    )
    return [Entry(f"/{each.id}/{each.handle}") for each in db.session.execute(rows)]


def tags(portion: int) -> list[Entry]:
    """Return the tags of a portion that are in use."""
    rows = select(Tag.slug).where(_in(Tag.id, portion), Tag.question_count > 0)
    return [Entry(f"/{slug}") for slug in db.session.scalars(rows)]


def products(portion: int) -> list[Entry]:
    """Return the products of a portion, also those that take no more questions."""
    is_itself = Product.merged_into_id.is_(None)
    rows = select(Product.slug).where(_in(Product.id, portion), is_itself)
    return [Entry(f"/{slug}") for slug in db.session.scalars(rows)]


def portions(table: type[Post | Member | Tag | Product]) -> int:
    """Return how many portions there are of the rows of a table."""
    last = db.session.scalar(select(func.max(table.id)))
    return 0 if last is None else last // PORTION + 1


def changed_portions(since: datetime) -> Sequence[int]:
    """Return the portions in which questions changed or became worth finding since a moment."""
    found: set[int] = set()
    for moment in (Question.content_changed_at, Question.indexable_since):
        portion = (Question.id // PORTION).label("portion")
        found.update(db.session.scalars(select(portion).where(moment > since).distinct()))
    return sorted(found)


def left_portions(since: datetime) -> Sequence[int]:
    """Return the portions of which members left since a moment."""
    portion = (Member.id // PORTION).label("portion")
    return db.session.scalars(select(portion).where(Member.deleted_at > since).distinct()).all()


def counted() -> dict[int, int]:
    """Return how many questions of each portion are worth finding, hidden ones among them.

    It is read from an index alone, where the database can do that.
    """
    posts = Question.__table__.c
    portion = (posts.id // PORTION).label("portion")
    rows = select(portion, func.count()).where(posts.indexable_since.is_not(None))
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(portion))}


def _in(column: InstrumentedAttribute[int], portion: int) -> ColumnElement[bool]:
    return column.between(portion * PORTION, (portion + 1) * PORTION - 1)
