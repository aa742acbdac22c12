"""Tables of the leaderboards."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.db import Model, words_of
from community.members.models import Member


class Span(StrEnum):
    """Over what time a leaderboard looks back."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"


class Place(Model):
    """A member's place on one leaderboard. All are worked out anew every few minutes."""

    __tablename__ = "places"
    __table_args__ = (UniqueConstraint("span", "product_id", "member_id"),)

    span: Mapped[Span] = mapped_column(words_of(Span))
    # 0 is the board of all products, for empty values are never equal to each other.
    product_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    points: Mapped[int]
    solutions: Mapped[int]
    # Answers that others found helpful: voted up or thanked for.
    helpful: Mapped[int]

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
