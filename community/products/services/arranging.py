"""Putting products and topics in order, and making one topic of two."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from community.core.audit import record
from community.core.db import db, lock, take_turns, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Actor
from community.products import queries
from community.products.events import TopicMerged
from community.products.models import Product, Topic, TopicAlias
from community.products.names import named
from community.products.policies import may_arrange
from community.products.services.joining import lead


@transaction
def shift_product(actor: Actor, product: Product, step: int) -> None:
    """Show a product so many places later among those that take questions; earlier below 0."""
    require(may_arrange(actor))
    take_turns("order-products")
    if _shift(queries.current(), product, step):
        record(actor.id, "order-product", f"products:{product.id}", after=product.position)


@transaction
def shift_topic(actor: Actor, topic: Topic, step: int) -> None:
    """Show a topic so many places later among those of its level; earlier below 0."""
    require(may_arrange(actor))
    take_turns("order-topics", topic.product_id)
    every = queries.topics_of(topic.product_id)
    if _shift([each for each in every if each.parent_id == topic.parent_id], topic, step):
        record(actor.id, "order-topic", f"topics:{topic.id}", after=topic.position)


@transaction
def change_topic(actor: Actor, topic: Topic, name: str, parent: Topic | None) -> None:
    """Rename a topic and put it below another one, or on the first level. Its address stays."""
    require(may_arrange(actor))
    take_turns("order-topics", topic.product_id)
    before = _facts(lock(topic))
    if parent is not None:
        _check_parent(topic, parent)
    topic.name, _slug = named(name)
    topic.parent_id = parent.id if parent else None
    if _facts(topic) != before:
        facts = {"before": before, "after": _facts(topic)}
        record(actor.id, "change-topic", f"topics:{topic.id}", **facts)


@transaction
def merge_topic(actor: Actor, topic: Topic, into: Topic) -> None:
    """Make a topic a part of another one of its product: questions move, its address leads there.

    Raises Invalid for two topics that cannot become one.
    """
    require(may_arrange(actor))
    take_turns("order-topics", topic.product_id)
    if into.id == topic.id or into.product_id != topic.product_id or into.parent_id == topic.id:
        raise Invalid(_l("Choose another topic of this product, none below the one that goes."))
    gone = _facts(lock(topic))
    emit(TopicMerged(topic_id=topic.id, into_id=lock(into).id))
    below = update(Topic).where(Topic.parent_id == topic.id)
    db.session.execute(below.values(parent_id=into.parent_id or into.id))
    led = update(TopicAlias).where(TopicAlias.topic_id == topic.id)
    db.session.execute(led.values(topic_id=into.id))
    lead(topic.product_id, topic.slug, into)
    db.session.execute(delete(Topic).where(Topic.id == topic.id))
    record(actor.id, "merge-topic", f"topics:{into.id}", before=gone, after=into.name)


def _check_parent(topic: Topic, parent: Topic) -> None:
    """Raise Invalid for a parent that would make a third level."""
    below = [each for each in queries.topics_of(topic.product_id) if each.parent_id == topic.id]
    if parent.product_id != topic.product_id or parent.parent_id or below or parent.id == topic.id:
        raise Invalid(_l("Topics have two levels. This one cannot lie below that one."))


def _facts(topic: Topic) -> dict[str, object]:
    return {"name": topic.name, "parent": topic.parent_id}


def _shift(rows: Sequence[Product] | Sequence[Topic], row: Product | Topic, step: int) -> bool:
    """Number the rows anew with one of them moved; tell whether it moved."""
    order = list(rows)
    if row not in order:
        return False
    place = order.index(row)
    order.remove(row)
    target = min(max(place + step, 0), len(order))
    order.insert(target, row)
    for number, each in enumerate(order):
        each.position = number  # type: ignore[attr-defined]
    return target != place
