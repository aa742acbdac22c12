"""Questions that have yet to follow their product or topic to where it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, union

from community.core.db import db
from community.products import queries as product_queries
from community.products.models import Product, Topic
from community.questions.models import Question

_posts = Question.__table__


def out_of_place(number: int) -> Sequence[int]:
    """Return so many questions that lie, or of which a reply lies, where nothing is any more."""
    every = union(_of_merged_products(), _of_moved_topics()).subquery()
    return db.session.scalars(select(every.c[0]).order_by(every.c[0]).limit(number)).all()


def on_the_way(product_id: int) -> int:
    """Return how many questions have yet to come to a product."""
    merged = _of_merged_products().where(Product.merged_into_id == product_id)
    moved = _of_moved_topics().where(Topic.product_id == product_id)
    every = union(merged, moved).subquery()
    return db.session.scalar(select(func.count()).select_from(every)) or 0


def number_about(product_id: int) -> int:
    """Return how many questions there are about a product, public or not."""
    mine = select(func.count()).where(Question.product_id == product_id)
    return db.session.scalar(mine) or 0


def number_under(topic_ids: Sequence[int]) -> int:
    """Return how many questions there are under topics, public or not."""
    mine = select(func.count()).where(Question.topic_id.in_(topic_ids))
    return db.session.scalar(mine) or 0


def homes_of(question_ids: Sequence[int]) -> list[tuple[int, int, int | None]]:
    """Return number, product and topic, as they ought to be, of each of these questions."""
    merged = {each.id: each.merged_into_id for each in product_queries.merged()}
    topics = product_queries.homes_of_topics()
    rows = (
        select(Question.id, Question.product_id, Topic.id, Topic.product_id)
        .outerjoin(Topic, Topic.id == Question.topic_id)
        .where(Question.id.in_(question_ids))
    )
    found = []
    for question_id, product_id, topic_id, home_id in db.session.execute(rows):
        place = (home_id or product_id, topic_id)
        product, topic = topics.get(topic_id or 0, place)
        into = merged.get(product or 0)
        # A topic never stays behind without a word of where it went; no guess is better than one.
        found.append((question_id, into or product or 0, None if into else topic))
    return found


def _of_merged_products() -> Select[Any]:
    thread = func.coalesce(_posts.c.question_id, _posts.c.id).label("thread")
    gone = Product.merged_into_id.is_not(None)
    return select(thread).join(Product, (Product.id == _posts.c.product_id) & gone)


def _of_moved_topics() -> Select[Any]:
    elsewhere = Topic.product_id != _posts.c.product_id
    return select(_posts.c.id).join(Topic, (Topic.id == _posts.c.topic_id) & elsewhere)
