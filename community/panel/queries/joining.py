"""What will happen when an admin makes one product of two, or moves a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from community.badges.models import Badge
from community.core.db import db
from community.panel.models import Banner
from community.products import queries as product_queries
from community.products.models import Product, Topic
from community.questions.queries import placing


@dataclass(frozen=True)
class Effect:
    """How much will go along."""

    questions: int
    topics: int
    moderators: int = 0
    banners: int = 0
    badges: int = 0


def of_merging(product: Product) -> Effect:
    """Return what goes to another product along with a product whose topics are loaded."""
    return Effect(
        questions=placing.number_about(product.id),
        topics=len(product.topics),
        moderators=len(product_queries.moderators_of(product.id)),
        banners=_number(Banner, product),
        badges=_number(Badge, product),
    )


def of_moving(topic: Topic, below: Sequence[Topic]) -> Effect:
    """Return what goes to another product along with a topic and those below it."""
    ids = [topic.id, *(each.id for each in below)]
    return Effect(questions=placing.number_under(ids), topics=len(ids))


def _number(kind: Any, product: Product) -> int:  # noqa: ANN401
    mine = select(func.count()).where(kind.product_id == product.id)
    return db.session.scalar(mine) or 0
