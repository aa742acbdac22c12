"""Tables of the review queue: what waits for a moderator, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, words_of
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Product


class ItemKind(StrEnum):
    """Why something waits for a moderator."""

    FLAG = "flag"
    HELD = "held"
    NOTICE = "notice"
    APPEAL = "appeal"


class ItemState(StrEnum):
    """Whether it still waits, and if not, whether those who brought it here were right."""

    PENDING = "pending"
    AGREED = "agreed"
    DISAGREED = "disagreed"
    IGNORED = "ignored"


class Decision(StrEnum):
    """What a moderator says about an item; which ones there are depends on its kind."""

    AGREE = "agree"
    DISAGREE = "disagree"
    IGNORE = "ignore"
    # Of a post that is held for review.
    APPROVE = "approve"
    REJECT = "reject"
    # Of an appeal against a measure.
    UPHOLD = "uphold"
    REFUSE = "refuse"


# The state that each decision leads to: whoever flagged, held or appealed was right, or not.
LEADS_TO = {
    Decision.AGREE: ItemState.AGREED,
    Decision.DISAGREE: ItemState.DISAGREED,
    Decision.IGNORE: ItemState.IGNORED,
    Decision.APPROVE: ItemState.DISAGREED,
    Decision.REJECT: ItemState.AGREED,
    Decision.UPHOLD: ItemState.AGREED,
    Decision.REFUSE: ItemState.DISAGREED,
}

_ABOUT_CONTENT = (Decision.AGREE, Decision.DISAGREE, Decision.IGNORE)
DECISIONS: dict[ItemKind, tuple[Decision, ...]] = {
    ItemKind.FLAG: _ABOUT_CONTENT,
    ItemKind.NOTICE: _ABOUT_CONTENT,
    ItemKind.HELD: (Decision.APPROVE, Decision.REJECT),
    ItemKind.APPEAL: (Decision.UPHOLD, Decision.REFUSE),
}

_WAITS = text("state = 'pending'")


class Item(Model):
    """One post or profile that waits for a moderator, with everything that was said about it."""

    __tablename__ = "review_items"
    __table_args__ = (
        # What waits already is not opened a second time.
        Index(
            "uq_review_items_waiting",
            "subject_key",
            "kind",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index(None, "state", "score"),
        Index(None, "state", "opened_at"),
        Index(None, "state", "decided_at"),
    )

    kind: Mapped[ItemKind] = mapped_column(words_of(ItemKind))
    # "posts:7", "members:3", or "measures:9" for an appeal.
    subject_key: Mapped[str] = mapped_column(String(40))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    # Whose post or profile it is.
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    lang: Mapped[str] = mapped_column(String(5), default="")
    # What the queue is sorted by: the own score, and the flags that are pending or agreed.
    score: Mapped[float] = mapped_column(default=0.0)
    own_score: Mapped[float] = mapped_column(default=0.0)
    state: Mapped[ItemState] = mapped_column(words_of(ItemState), default=ItemState.PENDING)
    decision: Mapped[Decision | None] = mapped_column(words_of(Decision))
    # Counts decisions; a moderator decides upon the version that was on the screen.
    version: Mapped[int] = mapped_column(default=1)
    # Why it is here in the words of a person, such as an objection.
    why: Mapped[str] = mapped_column(Text, default="")
    # What checks found: pairs of a check and its evidence, told in the language of the reader.
    found: Mapped[list[Any]] = mapped_column(JSON, default=list)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    claimed_until: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(default=now)
    # How many times the moderators were reminded of it.
    reminders: Mapped[int] = mapped_column(default=0)

    post: Mapped[Post | None] = relationship(lazy="raise_on_sql", viewonly=True)
    member: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[member_id])
    product: Mapped[Product | None] = relationship(lazy="raise_on_sql")
    claimed_by: Mapped[Member | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[claimed_by_id]
    )
    decided_by: Mapped[Member | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[decided_by_id]
    )

    @property
    def is_pending(self) -> bool:
        return self.state == ItemState.PENDING

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Which decisions there are for an item of this kind."""
        return DECISIONS[self.kind]

    def is_claimed(self, moment: datetime) -> bool:
        """Tell whether a moderator is at it just now."""
        return self.claimed_until is not None and self.claimed_until > moment

    def is_claimed_from(self, member_id: int | None, moment: datetime) -> bool:
        """Tell whether somebody else is at it just now."""
        return self.is_claimed(moment) and self.claimed_by_id != member_id


class StepKind(StrEnum):
    """What happened to an item."""

    OPENED = "opened"
    FLAGGED = "flagged"
    NOTICED = "noticed"
    CLAIMED = "claimed"
    RELEASED = "released"
    NOTED = "noted"
    # By the forum itself, for enough flags: one post, or all posts of a newcomer.
    HIDDEN = "hidden"
    HELD = "held"
    DECIDED = "decided"
    LAPSED = "lapsed"


class Step(Model):
    """One line of the history of an item. Rows are written and never changed."""

    __tablename__ = "review_steps"

    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(words_of(StepKind))
    # Nobody for what the forum did by itself.
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    # What a moderator noted, or what the forum reckoned.
    said: Mapped[str] = mapped_column(Text, default="")
    # The numbers that the forum decided by, for the sentence that explains it.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=now)

    member: Mapped[Member | None] = relationship(lazy="raise_on_sql")


class StaffNote(Model):
    """What moderators want each other to know of a member. Never shown to members."""

    __tablename__ = "staff_notes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]

    author: Mapped[Member] = relationship(lazy="raise_on_sql", foreign_keys=[author_id])
