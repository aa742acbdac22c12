"""Tables of the flags: what members report, and whether they were right."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.members.models import Member
from community.moderation.models.items import Item, ItemState


class FlagReason(StrEnum):
    """What a member says is wrong."""

    SPAM = "spam"
    ABUSIVE = "abusive"
    OFF_TOPIC = "off-topic"
    PERSONAL_DATA = "personal-data"
    UNLAWFUL = "unlawful"
    OTHER = "other"


_WAITS = text("state = 'pending'")


class Flag(Model):
    """One member's report of one post or profile for one reason."""

    __tablename__ = "flags"
    __table_args__ = (
        Index(
            "uq_flags_waiting",
            "member_id",
            "subject_key",
            "reason",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index(None, "member_id", "flagged_at"),
        Index(None, "subject_key", "reason", "judged_at"),
        Index(None, "about_id", "state"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    subject_key: Mapped[str] = mapped_column(String(40))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    # Whose post or profile was flagged.
    about_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    # Which text of the post was flagged; 0 for a profile.
    post_version: Mapped[int] = mapped_column(default=0)
    reason: Mapped[FlagReason] = mapped_column(words_of(FlagReason))
    said: Mapped[str] = mapped_column(Text, default="")
    # How much it weighed when it was raised; see services/scoring.py.
    weight: Mapped[float] = mapped_column(default=0.0)
    state: Mapped[ItemState] = mapped_column(words_of(ItemState), default=ItemState.PENDING)
    flagged_at: Mapped[datetime] = mapped_column(default=now)
    judged_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])
    item: Mapped[Item] = relationship(lazy="raise_on_sql")
