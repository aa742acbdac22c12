"""Appeals: a member objects to a measure, and somebody else decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model
from community.members.models import Member
from community.moderation.models.measures import Measure


class Appeal(Model):
    """What somebody says against a measure, and what became of it. One for each measure."""

    __tablename__ = "appeals"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    appealed_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    # Whether the member was right, so that the measure is lifted.
    is_upheld: Mapped[bool | None]
    outcome: Mapped[str] = mapped_column(Text, default="")

    measure: Mapped[Measure] = relationship(lazy="raise_on_sql")
    member: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])
    decided_by: Mapped[Member | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[decided_by_id]
    )
