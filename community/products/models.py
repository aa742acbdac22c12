"""Tables of products, topics and tags."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.db import Model


class Product(Model):
    """Something the brand offers, and people ask about."""

    __tablename__ = "products"

    name: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    # The product that this one became a part of; its address leads there for ever.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))

    topics: Mapped[list[Topic]] = relationship(
        back_populates="product", lazy="raise_on_sql", order_by="Topic.position, Topic.id"
    )


class Topic(Model):
    """What a question about a product is about; a topic may lie below another one."""

    __tablename__ = "topics"
    __table_args__ = (UniqueConstraint("product_id", "slug"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    name: Mapped[str] = mapped_column(String(60))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="topics", lazy="raise_on_sql")


class Tag(Model):
    """A word that gathers questions across products."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    question_count: Mapped[int] = mapped_column(default=0, index=True)


class TagAlias(Model):
    """A word that means a tag: what it was called before, or a synonym."""

    __tablename__ = "tag_aliases"

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), index=True)


class TopicAlias(Model):
    """What a topic was that has become a part of another one; its address leads there."""

    __tablename__ = "topic_aliases"
    __table_args__ = (UniqueConstraint("product_id", "slug"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    slug: Mapped[str] = mapped_column(String(60))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), index=True)
