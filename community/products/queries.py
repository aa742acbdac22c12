"""Finding products, topics and tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import aliased, selectinload

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member
from community.products.models import Product, Tag, TagAlias, Topic, TopicAlias


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


def by_id(product_id: int) -> Product:
    """Return a product, archived or not."""
    return existing(db.session.get(Product, product_id), _l("There is no such product."))


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


def tags_meant(slugs: Iterable[str]) -> dict[str, Tag]:
    """Return what each of these words means as a tag, synonyms included, in two statements."""
    wanted = list(slugs)
    found = {tag.slug: tag for tag in tags_by_slug(wanted)}
    if len(found) == len(wanted):
        return found
    means = select(TagAlias.slug, Tag).join(Tag, TagAlias.tag_id == Tag.id)
    others = db.session.execute(means.where(TagAlias.slug.in_(wanted))).all()
    return {row[0]: row[1] for row in others} | found


def every_tag(start: str, page: int, size: int = 60) -> Page[Tag]:
    """Return the tags that begin like this, used or not, the most used first."""
    begins = select(Tag).where(Tag.slug.startswith(start, autoescape=True))
    return page_of(begins.order_by(Tag.question_count.desc(), Tag.slug), page, size)


def aliases_of(tags: Iterable[Tag]) -> Mapping[int, Sequence[TagAlias]]:
    """Return the other words for these tags, by the number of the tag."""
    ids = [tag.id for tag in tags]
    found: dict[int, list[TagAlias]] = {number: [] for number in ids}
    rows = select(TagAlias).where(TagAlias.tag_id.in_(ids)).order_by(TagAlias.slug)
    for alias in db.session.scalars(rows):
        found[alias.tag_id].append(alias)
    return found


def alias_by_id(alias_id: int) -> TagAlias:
    """Return another word for a tag."""
    return existing(db.session.get(TagAlias, alias_id), _l("There is no such synonym."))


def arranged() -> Sequence[Product]:
    """Return all products with their topics, those that are archived last."""
    rows = select(Product).options(selectinload(Product.topics))
    order = (Product.archived_at.is_not(None), Product.position, Product.name)
    return db.session.scalars(rows.order_by(*order)).all()


def topic_by_id(topic_id: int) -> Topic:
    """Return a topic."""
    return existing(db.session.get(Topic, topic_id), _l("There is no such topic."))


def topics_of(product_id: int) -> Sequence[Topic]:
    """Return the topics of a product, in their order."""
    mine = select(Topic).where(Topic.product_id == product_id)
    return db.session.scalars(mine.order_by(Topic.position, Topic.id)).all()


def topic_once_called(product: Product, slug: str) -> Topic | None:
    """Return the topic that a topic of this address became a part of."""
    became = select(Topic).join(TopicAlias, TopicAlias.topic_id == Topic.id)
    here = (TopicAlias.product_id == product.id, TopicAlias.slug == slug)
    return db.session.scalar(became.where(*here))


def elsewhere(product: Product, topic: str = "") -> tuple[str, str] | None:
    """Return the slugs of product and topic to which an address leads; None if it does not."""
    here = select(Topic.id).where(Topic.product_id == product.id, Topic.slug == topic)
    if product.merged_into_id is None and (not topic or db.session.scalar(here)):
        return None
    became = topic_once_called(product, topic) if topic else None
    home = became.product_id if became else product.merged_into_id
    if home is None:
        return None
    return by_id(home).slug, became.slug if became else ""


def merged() -> Sequence[Product]:
    """Return the products that have become a part of another one."""
    return db.session.scalars(select(Product).where(Product.merged_into_id.is_not(None))).all()


def homes_of_topics() -> dict[int, tuple[int, int]]:
    """Return the product and topic to which the topics go that merged products still have."""
    goes, stays = aliased(Topic), aliased(Topic)
    rows = (
        select(goes.id, stays.product_id, stays.id)
        .join(Product, (Product.id == goes.product_id) & Product.merged_into_id.is_not(None))
        .join(
            TopicAlias,
            (TopicAlias.product_id == goes.product_id) & (TopicAlias.slug == goes.slug),
        )
        .join(stays, stays.id == TopicAlias.topic_id)
    )
    return {each[0]: (each[1], each[2]) for each in db.session.execute(rows)}


def last_place(product_id: int) -> int:
    """Return the place of the last topic of a product; -1 if there is none."""
    last = select(func.max(Topic.position)).where(Topic.product_id == product_id)
    place = db.session.scalar(last)
    return -1 if place is None else place


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


def moderators_of(product_id: int) -> list[Member]:
    """Return the members who moderate this product and not all, by name."""
    return [each for each in moderators() if product_id in each.moderated_products]
