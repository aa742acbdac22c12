"""Tables of what members do with a question beside writing to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class MeToo(Model):
    """Somebody has this problem too. Imported ones are counted without a member."""

    __tablename__ = "me_toos"
    __table_args__ = (UniqueConstraint("member_id", "question_id"),)

    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)


class Follow(Model):
    """Somebody wants to hear what happens to a question."""

    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("member_id", "question_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)


class Draft(Model):
    """What a member is writing and has not sent, one for each place."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("member_id", "place"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    place: Mapped[str] = mapped_column(String(80))
    fields: Mapped[str] = mapped_column(String(64_000))
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
