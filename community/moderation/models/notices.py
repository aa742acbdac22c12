"""Table of the notices of unlawful content, which anybody may send: Art. 16 of the DSA."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.moderation.models.items import Item, ItemState


class Ground(StrEnum):
    """What kind of unlawfulness a notice tells of."""

    HATE = "hate"
    DEFAMATION = "defamation"
    PRIVACY = "privacy"
    COPYRIGHT = "copyright"
    FRAUD = "fraud"
    UNSAFE_PRODUCT = "unsafe-product"
    VIOLENCE = "violence"
    # The one of which the law lets people tell without a name.
    CHILD_ABUSE = "child-abuse"
    OTHER = "other"


class Notice(Model):
    """What somebody, with or without an account, says is unlawful, and what came of it."""

    __tablename__ = "unlawful_notices"

    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), index=True)
    # As it was given, for the record; what it leads to is in the item.
    address: Mapped[str] = mapped_column(String(500))
    ground: Mapped[Ground] = mapped_column(words_of(Ground))
    law: Mapped[str] = mapped_column(String(200), default="")
    reasons: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(100), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(5))
    # Opens the page on which the notice is followed; it shows nothing but this notice.
    secret: Mapped[str] = mapped_column(String(43), unique=True)
    received_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[ItemState] = mapped_column(words_of(ItemState), default=ItemState.PENDING)
    decided_at: Mapped[datetime | None]
    # What was done and why, in the language of the notice, as it was told.
    outcome: Mapped[str] = mapped_column(Text, default="")

    item: Mapped[Item] = relationship(lazy="raise_on_sql")
