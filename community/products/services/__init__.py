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
from community.products.names import NAME_LENGTH, named
from community.products.policies import may_appoint_moderators, may_arrange
from community.products.services.moderating import set_moderated

TAG_LENGTH = 40


@transaction
def add_product(actor: Actor, name: str, description: str = "") -> Product:
    """Offer a product to ask about."""
    require(may_arrange(actor))
    name, slug = named(name)
    position = len(queries.current())
    product = Product(name=name, slug=slug, description=description.strip(), position=position)
    save(product)
    record(actor.id, "add-product", f"products:{product.id}", after=name)
    return product


@transaction
def change_product(actor: Actor, product: Product, changes: Mapping[str, Any]) -> None:
    """Change what is given: name, description, archived. The address stays."""
    require(may_arrange(actor))
    before = _facts(lock(product))
    if changes.get("archived") is False:
        _refuse_merged(product)
    if changes.get("name") is not None:
        product.name, _slug = named(changes["name"])
    if changes.get("description") is not None:
        product.description = changes["description"].strip()
    if changes.get("archived") is not None:
        product.archived_at = now() if changes["archived"] else None
    if _facts(product) != before:
        what = f"products:{product.id}"
        record(actor.id, "change-product", what, before=before, after=_facts(product))


def _refuse_merged(product: Product) -> None:
    if product.merged_into_id is not None:
        raise Invalid(_l("This product has become a part of another one."))


def _facts(product: Product) -> dict[str, Any]:
    is_archived = product.archived_at is not None
    facts = {"name": product.name, "description": product.description}
    return {**facts, "archived": is_archived}


@transaction
@unguarded("part of setting up and of removing the sample: without a product nobody could ask")
def offer_at_least(name: str) -> None:
    """Offer a product of this name if there is none to ask about."""
    if queries.current():
        return
    slug = slugify(name)[:NAME_LENGTH] or "all"
    product = queries.anywhere(slug) or Product(slug=slug, name=name)
    product.archived_at = product.merged_into_id = None
    save(product)


@transaction
def add_topic(actor: Actor, product: Product, name: str, parent: Topic | None = None) -> Topic:
    """Add a topic to a product, or below a topic of it."""
    require(may_arrange(actor))
    _refuse_merged(product)
    name, slug = named(name)
    if parent and parent.parent_id:
        raise Invalid(_l("Topics have two levels. This one is on the second already."))
    topic = Topic(product_id=product.id, name=name, slug=slug)
    topic.parent_id = parent.id if parent else None
    topic.position = queries.last_place(product.id) + 1
    save(topic)
    record(actor.id, "add-topic", f"topics:{topic.id}", after=name)
    return topic


@transaction
@unguarded("who may ask or edit may name tags; their services require it")
def tags_named(names: Sequence[str]) -> list[Tag]:
    """Return the tags with these names, making those that are new.

    A synonym means its tag. Names that mean nothing go.
    """
    wanted = {slugify(name)[:TAG_LENGTH]: " ".join(name.lower().split()) for name in names}
    wanted.pop("", None)
    found = queries.tags_meant(wanted)
    for slug in wanted.keys() - found.keys():
        found[slug] = save(Tag(slug=slug, name=wanted[slug][:TAG_LENGTH]))
    # Two words may mean the same tag.
    return list(dict.fromkeys(found[slug] for slug in wanted))


@transaction
def appoint_moderator(actor: Member, member: Member, product: Product) -> None:
    """Make a member a moderator of one product, and of nothing else."""
    require(may_appoint_moderators(actor))
    _refuse_merged(product)
    before = list(lock(member).moderated_products)
    if product.id not in before:
        set_moderated(actor.id, member, [*before, product.id])


@transaction
def dismiss_moderator(actor: Member, member: Member, product: Product) -> None:
    """End that a member is a moderator of a product."""
    require(may_appoint_moderators(actor))
    before = list(lock(member).moderated_products)
    if product.id in before:
        set_moderated(actor.id, member, [each for each in before if each != product.id])
