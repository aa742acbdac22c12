"""Changing products, topics and tags."""

from __future__ import annotations

from collections.abc import Sequence

from slugify import slugify

from community.core.db import save, transaction
from community.core.policy import require, unguarded
from community.members.models import Actor
from community.products import queries
from community.products.models import Product, Tag, Topic
from community.products.policies import may_arrange

TAG_LENGTH = 40


@transaction
def add_product(actor: Actor, name: str, description: str = "") -> Product:
    """Offer a product to ask about."""
    require(may_arrange(actor))
    position = len(queries.current())
    product = Product(name=name, slug=slugify(name), description=description, position=position)
    return save(product)


@transaction
def add_topic(actor: Actor, product: Product, name: str, parent: Topic | None = None) -> Topic:
    """Add a topic to a product, or below a topic of it."""
    require(may_arrange(actor))
    topic = Topic(product_id=product.id, name=name, slug=slugify(name))
    topic.parent_id = parent.id if parent else None
    return save(topic)


@transaction
@unguarded("who may ask or edit may name tags; their services require it")
def tags_named(names: Sequence[str]) -> list[Tag]:
    """Return the tags with these names, making those that are new. Names that mean nothing go."""
    wanted = dict.fromkeys(slugify(name)[:TAG_LENGTH] for name in names)
    wanted.pop("", None)
    found = {tag.slug: tag for tag in queries.tags_by_slug(wanted)}
    for slug in wanted.keys() - found.keys():
        found[slug] = save(Tag(slug=slug, name=slug))
    return [found[slug] for slug in wanted]
