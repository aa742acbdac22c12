"""Making one product of two, and putting a topic under another product.

What lies above products, questions first of all, follows in the background, some at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, take_turns, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Actor
from community.products import queries
from community.products.events import ProductMerged, TopicMoved
from community.products.models import Product, Topic, TopicAlias
from community.products.names import NAME_LENGTH
from community.products.policies import may_arrange
from community.products.services.moderating import set_moderated


@transaction
def merge_product(actor: Actor, product: Product, into: Product) -> None:
    """Let a product become a part of another one. It takes no questions from now on.

    Raises Invalid for two products that cannot become one.
    """
    require(may_arrange(actor))
    take_turns("join-products")
    for each in sorted((product, into), key=lambda row: row.id):
        lock(each)
    _check_pair(product, into)
    product.merged_into_id, product.archived_at = into.id, product.archived_at or now()
    led = update(Product).where(Product.merged_into_id == product.id)
    db.session.execute(led.values(merged_into_id=into.id))
    _join_topics(product, into)
    for member in sorted(queries.moderators_of(product.id), key=lambda row: row.id):
        set_moderated(actor.id, lock(member), [*member.moderated_products, into.id])
    emit(ProductMerged(product_id=product.id, into_id=into.id))
    record(actor.id, "merge-product", f"products:{into.id}", before=product.name, after=into.name)


@transaction
def move_topic(actor: Actor, topic: Topic, into: Product) -> None:
    """Put a topic, and what lies below it, under another product; its address leads there.

    Raises Invalid for a product that takes no questions, or that has it already.
    """
    require(may_arrange(actor))
    take_turns("join-products")
    lock(topic)
    is_gone = queries.by_id(topic.product_id).merged_into_id is not None
    if is_gone or lock(into).archived_at is not None or into.id == topic.product_id:
        raise Invalid(_l("Choose another product, one that takes questions."))
    before, kept = topic.product_id, topic.parent_id
    below = [each for each in queries.topics_of(before) if each.parent_id == topic.id]
    topic.parent_id = None
    for each in (topic, *below):
        _carry(each, into)
    emit(TopicMoved(topic_id=topic.id, product_id=into.id))
    facts = {"before": {"product": before, "parent": kept}, "after": {"product": into.id}}
    record(actor.id, "move-topic", f"topics:{topic.id}", **facts)


@transaction
@unguarded("ends what an admin began; the questions have gone")
def finish() -> None:
    """Let go of what merged products kept while their questions were on the way."""
    take_turns("join-products")
    merged = {product.id for product in queries.merged()}
    db.session.execute(delete(Topic).where(Topic.product_id.in_(merged)))
    for member in queries.moderators():
        if merged & set(member.moderated_products):
            kept = [each for each in member.moderated_products if each not in merged]
            set_moderated(None, member, kept)


@transaction
@unguarded("part of services that put topics elsewhere")
def lead(product_id: int, slug: str, topic: Topic) -> None:
    """Let an address of a topic lead to where the topic is now, wherever it led before."""
    known = (TopicAlias.product_id == product_id, TopicAlias.slug == slug)
    db.session.execute(delete(TopicAlias).where(*known))
    save(TopicAlias(product_id=product_id, slug=slug, topic_id=topic.id))


def _check_pair(product: Product, into: Product) -> None:
    if product.id == into.id or product.merged_into_id is not None:
        raise Invalid(_l("Choose another product, one that takes questions."))
    if into.archived_at is not None:
        raise Invalid(_l("Choose another product, one that takes questions."))


def _join_topics(product: Product, into: Product) -> None:
    """Carry the topics over; one that both have stays until its questions have gone."""
    theirs = {each.slug: each for each in queries.topics_of(into.id)}
    mine = queries.topics_of(product.id)
    became = {each.id: theirs[each.slug] for each in mine if each.slug in theirs}
    for each in mine:
        if each.parent_id in became:
            other = became[each.parent_id]
            each.parent_id = other.parent_id or other.id
    for each in mine:
        if each.id in became:
            each.parent_id = None
            lead(product.id, each.slug, became[each.id])
            led = update(TopicAlias).where(TopicAlias.topic_id == each.id)
            db.session.execute(led.values(topic_id=became[each.id].id))
        else:
            _carry(each, into)


def _carry(topic: Topic, into: Product) -> None:
    """Put a topic last under another product, at an address that is free there."""
    old, slug = topic.product_id, topic.slug
    topic.position = queries.last_place(into.id) + 1
    topic.slug = _free(slug, [each.slug for each in queries.topics_of(into.id)])
    topic.product_id = into.id
    db.session.flush()
    lead(old, slug, topic)


def _free(slug: str, taken: Sequence[str]) -> str:
    number, free = 2, slug
    while free in taken:
        free = f"{slug[: NAME_LENGTH - 4]}-{number}"
        number += 1
    return free
