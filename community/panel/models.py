"""Tables of what staff prepare: banners, and replies that fit many questions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.changes import quiet
from community.core.clock import now
from community.core.db import Model, words_of
from community.products.models import Product


class Audience(StrEnum):
    """Whom a banner is for."""

    ALL = "all"
    GUESTS = "guests"
    MEMBERS = "members"
    STAFF = "staff"


class Tone(StrEnum):
    """How grave a banner is."""

    NEWS = "news"
    WARNING = "warning"


class Banner(Model):
    """A few words on top of pages, for some people, for some time."""

    __tablename__ = "banners"

    words: Mapped[str] = mapped_column(String(300))
    link: Mapped[str] = mapped_column(String(300), default="")
    link_words: Mapped[str] = mapped_column(String(60), default="")
    tone: Mapped[Tone] = mapped_column(words_of(Tone), default=Tone.NEWS)
    audience: Mapped[Audience] = mapped_column(words_of(Audience), default=Audience.ALL)
    # On the pages of one product alone; empty on all.
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    # For who reads this language; empty for all.
    language: Mapped[str] = mapped_column(String(5), default="")
    starts_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime | None]
    is_dismissible: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product | None] = relationship(lazy="raise_on_sql")


class CannedReply(Model):
    """A reply that fits many questions, with places for what differs."""

    __tablename__ = "canned_replies"

    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    # One that is no longer offered keeps its row, for what was counted.
    retired_at: Mapped[datetime | None]


class CannedUse(Model):
    """Somebody put a prepared reply into an answer; it counts once the answer is sent."""

    __tablename__ = "canned_uses"
    __table_args__ = (Index(None, "member_id", "question_id"),)

    reply_id: Mapped[int] = mapped_column(ForeignKey("canned_replies.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    used_at: Mapped[datetime] = mapped_column(default=now)
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)


# No page for guests shows them.
quiet("canned_replies", "canned_uses")
