"""Changing products, topics and tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slugify import slugify

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, save, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Actor, Member
from community.products import queries
from community.products.models import Product, Tag, Topic
from community.products.policies import may_appoint_moderators, may_arrange

TAG_LENGTH = 40
NAME_LENGTH = 60


@transaction
def add_product(actor: Actor, name: str, description: str = "") -> Product:
    """Offer a product to ask about."""
    require(may_arrange(actor))
    name, slug = _named(name)
    position = len(queries.current())
    product = Product(name=name, slug=slug, description=description.strip(), position=position)
    return save(product)


@transaction
def change_product(actor: Actor, product: Product, changes: Mapping[str, Any]) -> None:
    """Change what is given: name, description, archived. The address stays."""
    require(may_arrange(actor))
    if changes.get("name") is not None:
        product.name, _slug = _named(changes["name"])
    if changes.get("description") is not None:
        product.description = changes["description"].strip()
    if changes.get("archived") is not None:
        product.archived_at = now() if changes["archived"] else None


@transaction
@unguarded("part of setting up and of removing the sample: without a product nobody could ask")
def offer_at_least(name: str) -> None:
    """Offer a product of this name if there is none to ask about."""
    if queries.current():
        return
    slug = slugify(name)[:NAME_LENGTH] or "all"
    product = queries.anywhere(slug) or Product(slug=slug, name=name)
    product.archived_at = None
    save(product)


def _named(given: str) -> tuple[str, str]:
    """Return a name and its slug. Raises Invalid for one that pages cannot show."""
    name = " ".join(given.split())
    slug = slugify(name)[:NAME_LENGTH]
    if not slug or len(name) > NAME_LENGTH:
        raise Invalid(_l("A name has 1 to 60 characters, letters or figures among them."))
    return name, slug


@transaction
def add_topic(actor: Actor, product: Product, name: str, parent: Topic | None = None) -> Topic:
    """Add a topic to a product, or below a topic of it."""
    require(may_arrange(actor))
    name, slug = _named(name)
    if parent and parent.parent_id:
        raise Invalid(_l("Topics have two levels. This one is on the second already."))
    topic = Topic(product_id=product.id, name=name, slug=slug)
    topic.parent_id = parent.id if parent else None
    return save(topic)


@transaction
@unguarded("who may ask or edit may name tags; their services require it")
def tags_named(names: Sequence[str]) -> list[Tag]:
    """Return the tags with these names, making those that are new. Names that mean nothing go."""
    wanted = {slugify(name)[:TAG_LENGTH]: " ".join(name.lower().split()) for name in names}
    wanted.pop("", None)
    found = {tag.slug: tag for tag in queries.tags_by_slug(wanted)}
    for slug in wanted.keys() - found.keys():
        found[slug] = save(Tag(slug=slug, name=wanted[slug][:TAG_LENGTH]))
    return [found[slug] for slug in wanted]


@transaction
def appoint_moderator(actor: Member, member: Member, product: Product) -> None:
    """Make a member a moderator of one product, and of nothing else."""
    require(may_appoint_moderators(actor))
    before = list(lock(member).moderated_products)
    if product.id not in before:
        _let_moderate(actor, member, [*before, product.id])


@transaction
def dismiss_moderator(actor: Member, member: Member, product: Product) -> None:
    """End that a member is a moderator of a product."""
    require(may_appoint_moderators(actor))
    before = list(lock(member).moderated_products)
    if product.id in before:
        _let_moderate(actor, member, [each for each in before if each != product.id])


def _let_moderate(actor: Member, member: Member, product_ids: list[int]) -> None:
    before = {"moderated_products": list(member.moderated_products)}
    member.moderated_products = sorted(product_ids)
    after = {"moderated_products": member.moderated_products}
    record(actor.id, "appointed", f"members:{member.id}", before=before, after=after)
