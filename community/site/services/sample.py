"""The sample community in the database: who and what is part of it, and taking it out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slugify import slugify
from sqlalchemy import Table, delete, select, update

from community.core.audit import Act, record
from community.core.clock import now
from community.core.db import Model, db, save, transaction
from community.core.policy import unguarded
from community.core.settings import Setting
from community.members.confusables import skeleton_of
from community.members.models import Member, Role
from community.posts.models import Post
from community.products.models import Product, Tag, Topic, TopicAlias
from community.questions.models import taggings
from community.questions.threads import note_change
from community.site import queries
from community.site.queries import SAMPLE

PRODUCTS = Setting(
    "sample_products", "", "Numbers of the products that the sample brought.", for_people=False
)


@dataclass(frozen=True)
class Place:
    """Where a conversation belongs."""

    product_id: int
    topic_id: int


@dataclass(frozen=True)
class Removed:
    """What was taken out, and the titles of the conversations that stay."""

    questions: int
    members: int
    kept: list[str]


@transaction
@unguarded("the first visit and the command line load it")
def invite(written: dict[str, dict[str, Any]], language: str) -> dict[str, Member]:
    """Let the invented members join. Without address and password nobody can log in as them."""
    return {key: save(_member(key, facts, language)) for key, facts in written.items()}


def _member(key: str, facts: dict[str, Any], language: str) -> Member:
    handle = queries.free_handle(key)
    return Member(
        handle=handle,
        handle_skeleton=skeleton_of(handle),
        name=facts["name"],
        role=Role(facts.get("role", "member")),
        staff_title=facts.get("staff_title", ""),
        about=facts.get("about", ""),
        language=language,
        joined_at=now() - timedelta(days=facts["days_ago"]),
        imported_from=SAMPLE,
    )


@transaction
@unguarded("the first visit and the command line load it")
def offer(written: list[dict[str, Any]]) -> dict[str, Place]:
    """Offer the invented products; return the places by name, such as "uno/brewing"."""
    places = {}
    ids = []
    for position, facts in enumerate(written):
        product = Product(
            name=facts["name"],
            slug=slugify(facts["name"]),
            description=facts["description"],
            position=position,
        )
        ids.append(str(save(product).id))
        for key, name in facts["topics"].items():
            topic = save(Topic(product_id=product.id, name=name, slug=slugify(name)))
            places[f"{facts['key']}/{key}"] = Place(product.id, topic.id)
    PRODUCTS.put(" ".join(ids))
    return places


@transaction
@unguarded("part of loading the sample community")
def mark(post: Post) -> None:
    """Remember that a post is part of the sample."""
    post.imported_from = SAMPLE


@transaction
@unguarded("the command line takes it out")
def remove() -> Removed:
    """Take the sample community out, and nothing else.

    A conversation in which real members wrote stays as it is, with the invented members in it.
    """
    questions, kept = queries.sample_questions()
    posts = queries.sample_posts(questions)
    members = queries.sample_members(but_for=kept)
    tags = queries.tags_only_on(questions)
    _let_go(Post.__table__, posts)
    _let_go(Member.__table__, members)
    db.session.execute(delete(taggings).where(taggings.c.question_id.in_(questions)))
    db.session.execute(delete(Tag).where(Tag.id.in_(tags)))
    db.session.execute(delete(Post).where(Post.id.in_(posts)))
    db.session.execute(delete(Act).where(Act.actor_id.in_(members)))
    db.session.execute(delete(Member).where(Member.id.in_(members)))
    _remove_products()
    for question_id in questions:
        note_change(question_id)
    record(None, "remove-sample", after={"questions": len(questions), "members": len(members)})
    return Removed(len(questions), len(members), queries.titles(kept))


def _let_go(table: Any, ids: Sequence[int]) -> None:  # noqa: ANN401
    """Cut every tie to these rows, whichever package it belongs to.

    A row that may be without them stays; one that makes no sense without them goes.
    """
    for other in reversed(Model.metadata.sorted_tables):
        for key in other.foreign_keys:
            if key.column.table is table:
                _cut(other, key.parent, ids)


def _cut(table: Table, column: Any, ids: Sequence[int]) -> None:  # noqa: ANN401
    tied = column.in_(ids)
    change = update(table).values({column: None}) if column.nullable else delete(table)
    if table is not Post.__table__ or column.nullable:
        db.session.execute(change.where(tied))


def _remove_products() -> None:
    """Take out the products of the sample that nobody asked about."""
    ids = [int(number) for number in PRODUCTS.get().split()]
    used = select(Post.__table__.c.product_id).where(Post.__table__.c.product_id.in_(ids))
    unused = set(ids) - set(db.session.scalars(used))
    topics = select(Topic.id).where(Topic.product_id.in_(unused))
    led = TopicAlias.product_id.in_(unused) | TopicAlias.topic_id.in_(topics)
    db.session.execute(delete(TopicAlias).where(led))
    merged = update(Product).where(Product.merged_into_id.in_(unused))
    db.session.execute(merged.values(merged_into_id=None))
    db.session.execute(delete(Topic).where(Topic.product_id.in_(unused)))
    db.session.execute(delete(Product).where(Product.id.in_(unused)))
    PRODUCTS.put(" ".join(str(number) for number in sorted(set(ids) - unused)))
