"""Tables of the reputation: a ledger that is only ever added to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, words_of


class Kind(StrEnum):
    """Why reputation changed."""

    VOTED_UP = "voted-up"
    VOTED_DOWN = "voted-down"
    # What the voter pays for voting an answer down.
    VOTING_DOWN = "voting-down"
    SOLUTION = "solution"
    MARKING_SOLUTION = "marking-solution"
    SPAM = "spam"
    # What the ceilings take away of the gains from votes.
    POST_CEILING = "post-ceiling"
    DAY_CEILING = "day-ceiling"


class Booking(Model):
    """One change of one member's reputation. Rows are never changed; taking back is a new row."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(None, "member_id", "booked_at"),
        Index(None, "member_id", "day", "kind"),
        Index(None, "post_id", "kind"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[Kind] = mapped_column(words_of(Kind))
    amount: Mapped[int]
    # The day (UTC) that the amount counts for: of the vote, not of the booking.
    day: Mapped[date]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    # Who caused it. Shown to nobody but in an investigation.
    caused_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    # Whether a ceiling took away a part of it or all.
    is_capped: Mapped[bool] = mapped_column(default=False)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"), unique=True)
    booked_at: Mapped[datetime] = mapped_column(default=now)


class SpamRuling(Model):
    """Moderators confirmed that a post is spam."""

    __tablename__ = "spam_rulings"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), unique=True)
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    ruled_at: Mapped[datetime] = mapped_column(default=now)


class ReadingDay(Model):
    """What a member read on one day (UTC): three numbers, and what keeps them honest."""

    __tablename__ = "reading_days"
    __table_args__ = (UniqueConstraint("member_id", "day"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    day: Mapped[date] = mapped_column(index=True)
    questions: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=0)
    # The questions opened this day, so that each counts once; emptied when the day is over.
    opened: Mapped[list[int]] = mapped_column(JSON, default=list)
    noted_at: Mapped[datetime] = mapped_column(default=now)


class Standing(Model):
    """How a member came to the present level of trust, and since when it is in doubt."""

    __tablename__ = "standings"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    reached_at: Mapped[datetime] = mapped_column(default=now)
    # Since when too little is there for the level; after some days of grace it is lost.
    wanting_since: Mapped[datetime | None]


class VoteReport(Model):
    """Members who vote for each other more than for others; for moderators to judge."""

    __tablename__ = "vote_reports"

    # Their numbers, joined: the same members are reported once.
    key: Mapped[str] = mapped_column(String(60), unique=True)
    member_ids: Mapped[list[int]] = mapped_column(JSON)
    found_at: Mapped[datetime] = mapped_column(default=now, index=True)


class VoteReversal(Model):
    """A burst: votes of one member for one author that the nightly check took out of the count."""

    __tablename__ = "vote_reversals"

    voter_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    vote_ids: Mapped[list[int]] = mapped_column(JSON)
    reversed_at: Mapped[datetime] = mapped_column(default=now, index=True)
    # Since when the votes count again, because a moderator found them honest, and why.
    cleared_at: Mapped[datetime | None]
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")


class ProductReputation(Model):
    """A member's reputation in one product, before the ceiling of the day."""

    __tablename__ = "product_reputations"
    __table_args__ = (
        UniqueConstraint("member_id", "product_id"),
        Index(None, "product_id", "amount"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    amount: Mapped[int] = mapped_column(default=0)
