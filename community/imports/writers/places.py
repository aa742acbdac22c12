"""Where questions belong: products, topics and tags, found by name or made."""

from __future__ import annotations

from collections.abc import Sequence

from slugify import slugify
from sqlalchemy import Table, select

from community.core.db import db
from community.imports.readers import records
from community.imports.writers.arrivals import Arrival, fresh
from community.imports.writers.forum import Forum, Ref
from community.products.models import Product, Tag, Topic

products: Table = Product.__table__  # type: ignore[assignment]
topics: Table = Topic.__table__  # type: ignore[assignment]
tags: Table = Tag.__table__  # type: ignore[assignment]
LONGEST = 60
LONGEST_TAG = 40


def keep_tags(forum: Forum, arrivals: Sequence[Arrival[records.Tag]]) -> None:
    """Keep tags even where no question has them."""
    new = fresh(forum, "tags", arrivals)
    for each in new:
        tag_id(forum, each.record.name)
    forum.remember("tags", {each.key: Ref(0) for each in new})
    forum.report.came["tags"] += len(new)


def tag_id(forum: Forum, name: str) -> int:
    """Return the tag of this name. "c#" and "c" stay two tags, though their slugs are alike."""
    name = name[:LONGEST_TAG]
    return forum.named(("tag", name), lambda: _find_or_make_tag(forum, name))


def product_id(forum: Forum, name: str) -> int:
    """Return the product of this name or slug."""
    return forum.named(("product", name), lambda: _find_or_make_product(forum, name))


def topic_id(forum: Forum, product: int, name: str) -> int:
    """Return the topic of this name or slug within a product."""
    return forum.named(("topic", product, name), lambda: _find_or_make_topic(forum, product, name))


def _find_or_make_tag(forum: Forum, name: str) -> int:
    slug = slugify(name)[:LONGEST_TAG] or "tag"
    found: int | None = db.session.scalar(select(tags.c.id).where(tags.c.name == name).limit(1))
    if found is not None:
        return found
    begins = select(tags.c.slug).where(tags.c.slug.startswith(slug, autoescape=True))
    taken = set(db.session.scalars(begins))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug[: LONGEST_TAG - 5]}-{number}"
    return forum.insert(tags, [{"name": name, "slug": free}])[0]


def _find_or_make_product(forum: Forum, name: str) -> int:
    slug = slugify(name)[:LONGEST] or "product"
    found: int | None = db.session.scalar(select(products.c.id).where(products.c.slug == slug))
    if found is not None:
        return found
    return forum.insert(products, [{"name": _title(name), "slug": slug}])[0]


def _find_or_make_topic(forum: Forum, product: int, name: str) -> int:
    slug = slugify(name)[:LONGEST] or "topic"
    mine = select(topics.c.id).where(topics.c.product_id == product, topics.c.slug == slug)
    found: int | None = db.session.scalar(mine)
    if found is not None:
        return found
    row = {"product_id": product, "name": _title(name), "slug": slug}
    return forum.insert(topics, [row])[0]


def _title(name: str) -> str:
    """Turn "email-and-messaging" into "Email and messaging"; leave proper names alone."""
    if name.islower():
        name = name.replace("-", " ").capitalize()
    return name[:LONGEST]
