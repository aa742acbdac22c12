"""Tables of what is done to many at once: what is planned, what was done, and blocked sites."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.members.models import Member

UNDO_FOR = timedelta(hours=24)


class BulkState(StrEnum):
    """How far the worker is."""

    WORKING = "working"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class BulkAct(Model):
    """Something a moderator does to many posts or accounts at once, step by step."""

    __tablename__ = "bulk_acts"

    # The account that is removed; empty where posts were selected.
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    began_at: Mapped[datetime] = mapped_column(default=now, index=True)
    finished_at: Mapped[datetime | None]
    state: Mapped[BulkState] = mapped_column(words_of(BulkState), default=BulkState.WORKING)
    # What the measures say: act, rule and facts.
    act: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)
    is_mass_spam: Mapped[bool] = mapped_column(default=False)
    # The steps, such as ["post", 7]; how many there are, were done, and could not be done.
    plan: Mapped[list[Any]] = mapped_column(JSON, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)

    actor: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[actor_id])
    member: Mapped[Member | None] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])

    @property
    def undo_until(self) -> datetime:
        return (self.finished_at or now()) + UNDO_FOR

    @property
    def is_under_way(self) -> bool:
        return self.state in {BulkState.WORKING, BulkState.UNDOING}

    @property
    def can_be_undone(self) -> bool:
        return self.state == BulkState.DONE and self.undo_until > now()


class BulkPart(Model):
    """One thing that was done, with what is needed to undo exactly that."""

    __tablename__ = "bulk_parts"

    bulk_act_id: Mapped[int] = mapped_column(ForeignKey("bulk_acts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    memory: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class BlockedHost(Model):
    """A site that nobody may link to, with all names below it."""

    __tablename__ = "blocked_hosts"

    host: Mapped[str] = mapped_column(String(120), unique=True)
    blocked_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    blocked_at: Mapped[datetime] = mapped_column(default=now)
