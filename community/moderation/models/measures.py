"""Measures: everything that restricts a post or a member, with its reasons."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.members.models import Member
from community.posts.models import Post


class MeasureAct(StrEnum):
    """What a measure does: to a post, or to a member."""

    HIDE = "hide"
    REMOVE = "remove"
    LOCK = "lock"
    HOLD = "hold"
    DEMOTE = "demote"
    SLOW = "slow"
    WARN = "warn"
    MUTE = "mute"
    SUSPEND = "suspend"
    END_ACCOUNT = "end-account"
    REFUSE_NAME = "refuse-name"
    REFUSE_AVATAR = "refuse-avatar"


ON_POSTS = frozenset(
    {
        MeasureAct.HIDE,
        MeasureAct.REMOVE,
        MeasureAct.LOCK,
        MeasureAct.HOLD,
        MeasureAct.DEMOTE,
        MeasureAct.SLOW,
    }
)


class Means(StrEnum):
    """How something was found."""

    PERSON = "person"
    FLAG = "flag"
    AUTOMATION = "automation"


class Lifting(StrEnum):
    """Why a measure is over."""

    ENDED = "ended"
    TAKEN_BACK = "taken-back"
    APPEAL = "appeal"


class Measure(Model):
    """A restriction and its reasons. What it says never changes; it may only come to its end."""

    __tablename__ = "measures"
    __table_args__ = (
        Index(None, "member_id", "taken_at"),
        Index(None, "post_id", "lifted_at"),
        Index(None, "lifted_at", "ends_at"),
    )

    act: Mapped[MeasureAct] = mapped_column(words_of(MeasureAct))
    # The post that is restricted; empty when it is the account.
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    # Whom it concerns: the author of the post, or the member.
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    # Who decided; empty for automation.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    taken_at: Mapped[datetime] = mapped_column(default=now, index=True)
    ends_at: Mapped[datetime | None]
    # How far a thread is slowed down: between two posts of one member in it.
    seconds: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text)
    # The key of a rule of the community, or else the law.
    rule: Mapped[str] = mapped_column(String(20), default="")
    law: Mapped[str] = mapped_column(String(200), default="")
    found_by: Mapped[Means] = mapped_column(words_of(Means))
    decided_by_automation: Mapped[bool] = mapped_column(default=False)
    is_mass_spam: Mapped[bool] = mapped_column(default=False)
    # What was said to the person, in which language.
    language: Mapped[str] = mapped_column(String(5))
    statement: Mapped[str] = mapped_column(Text)
    # What was there before, to be put back exactly.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    lifted_at: Mapped[datetime | None]
    lifted_as: Mapped[Lifting | None] = mapped_column(words_of(Lifting))
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    lift_reason: Mapped[str] = mapped_column(Text, default="")

    member: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])
    actor: Mapped[Member | None] = relationship(lazy="raise_on_sql", foreign_keys=[actor_id])
    post: Mapped[Post | None] = relationship(lazy="raise_on_sql", viewonly=True)

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > now())
