"""Tables of the notices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.members.models import Member
from community.questions.models import Question


class Kind(StrEnum):
    """What a notice tells of."""

    ANSWERED = "answered"
    COMMENTED = "commented"
    ACCEPTED = "accepted"
    MENTIONED = "mentioned"
    FOLLOWED_ANSWERED = "followed-answered"
    FOLLOWED_SOLVED = "followed-solved"
    THANKED = "thanked"
    BADGE = "badge"
    MEASURE = "measure"
    MEASURE_LIFTED = "measure-lifted"
    APPEAL_DECIDED = "appeal-decided"
    PUBLISHED = "published"
    REPORT_JUDGED = "report-judged"
    REVIEWS_WAIT = "reviews-wait"
    MERGED = "merged"
    SPLIT = "split"


# What comes by mail as long as a member does not choose otherwise.
MAILED = frozenset(
    {Kind.ANSWERED, Kind.ACCEPTED, Kind.MENTIONED, Kind.FOLLOWED_SOLVED, Kind.REVIEWS_WAIT}
)


# What nobody can choose not to hear: it is about the rights of the member.
ALWAYS = frozenset({Kind.MEASURE, Kind.MEASURE_LIFTED, Kind.APPEAL_DECIDED})


class Notification(Model):
    """Something that one member should hear of."""

    __tablename__ = "notifications"
    __table_args__ = (
        # One notice for each event and member, however often the event is worked off.
        UniqueConstraint("member_id", "key"),
        Index(None, "member_id", "read_at"),
        Index(None, "member_id", "made_at"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[Kind] = mapped_column(words_of(Kind))
    key: Mapped[str] = mapped_column(String(80))
    # Who caused it; nobody for what the forum does by itself.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    # The thread, the post in it, and the post above that one: all have to be visible.
    question_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None] = mapped_column(index=True)
    mailed_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])
    actor: Mapped[Member | None] = relationship(lazy="raise_on_sql", foreign_keys=[actor_id])
    question: Mapped[Question | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[question_id], viewonly=True
    )

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Wish(Model):
    """Whether a member wants notices of a kind by mail, where it differs from the usual."""

    __tablename__ = "mail_wishes"
    __table_args__ = (UniqueConstraint("member_id", "kind"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[Kind] = mapped_column(words_of(Kind))
    by_mail: Mapped[bool]
