"""Finding products, topics and tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import String, cast, select
from sqlalchemy.orm import selectinload

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member
from community.products.models import Product, Tag, Topic


def current() -> Sequence[Product]:
    """Return the products that take questions, in the order of the brand."""
    kept = select(Product).where(Product.archived_at.is_(None))
    return db.session.scalars(kept.order_by(Product.position, Product.name)).all()


def with_topics() -> Sequence[Product]:
    """Return the products that take questions, with their topics, in two statements."""
    kept = (
        select(Product).where(Product.archived_at.is_(None)).options(selectinload(Product.topics))
    )
    return db.session.scalars(kept.order_by(Product.position, Product.name)).all()


def anywhere(slug: str) -> Product | None:
    """Return a product, archived or not."""
    return db.session.scalar(select(Product).where(Product.slug == slug))


def by_slug(slug: str) -> Product:
    """Return a product with its topics."""
    wanted = select(Product).where(Product.slug == slug).options(selectinload(Product.topics))
    return existing(db.session.scalar(wanted), _l("There is no such product."))


def topic_of(product: Product, slug: str) -> Topic:
    """Return a topic of a product whose topics are loaded."""
    found = next((topic for topic in product.topics if topic.slug == slug), None)
    return existing(found, _l("There is no such topic."))


def tag_by_slug(slug: str) -> Tag:
    """Return a tag."""
    found = db.session.scalar(select(Tag).where(Tag.slug == slug))
    return existing(found, _l("There is no such tag."))


def tags_by_slug(slugs: Iterable[str]) -> Sequence[Tag]:
    """Return the tags with these slugs that exist, in one statement."""
    return db.session.scalars(select(Tag).where(Tag.slug.in_(list(slugs)))).all()


def tags(page: int, size: int = 60) -> Page[Tag]:
    """Return the tags in use, the most used first."""
    used = select(Tag).where(Tag.question_count > 0)
    return page_of(used.order_by(Tag.question_count.desc(), Tag.slug), page, size)


def tags_like(start: str, limit: int = 8) -> Sequence[Tag]:
    """Return the most used tags that begin like this."""
    begins = select(Tag).where(Tag.slug.startswith(start, autoescape=True))
    return db.session.scalars(
        begins.order_by(Tag.question_count.desc(), Tag.slug).limit(limit)
    ).all()


def moderators() -> Sequence[Member]:
    """Return the members who moderate some products and not all, by name."""
    some = cast(Member.moderated_products, String) != "[]"
    return db.session.scalars(select(Member).where(some).order_by(Member.name)).all()
