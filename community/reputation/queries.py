"""Finding what was booked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member
from community.posts.models import Post
from community.questions.models import Answer
from community.reputation import amounts
from community.reputation.ceilings import Gain
from community.reputation.facts import FIRST_DAY
from community.reputation.models import Booking, Kind, ProductReputation
from community.votes.models import Vote

CEILINGS = (Kind.POST_CEILING, Kind.DAY_CEILING)


def standing(post_id: int) -> Sequence[Booking]:
    """Return the bookings for a post that nobody took back, without the ceilings."""
    reversal = aliased(Booking)
    rows = (
        select(Booking)
        .outerjoin(reversal, reversal.reverses_id == Booking.id)
        .where(Booking.post_id == post_id, Booking.reverses_id.is_(None), reversal.id.is_(None))
        .where(Booking.kind.not_in(CEILINGS))
    )
    return db.session.scalars(rows).all()


def booked_ceilings(member_id: int, kind: Kind, days: Iterable[date]) -> dict[tuple[int, date], int]:
    """Return what the ceilings took away so far, by post (0 for whole days) and day."""
    sums = (
        select(func.coalesce(Booking.post_id, 0), Booking.day, func.sum(Booking.amount))
        .where(Booking.member_id == member_id, Booking.kind == kind)
        .where(Booking.day.in_(list(days)))
        .group_by(func.coalesce(Booking.post_id, 0), Booking.day)
    )
    return {(post_id, day): -taken for post_id, day, taken in db.session.execute(sums)}


def gains_of_post(post_id: int, now: datetime) -> list[Gain]:
    """Return what the votes for a post that count are worth."""
    return _gains(Post.id == post_id, now)


def gains_of_days(member_id: int, days: Iterable[date], now: datetime) -> list[Gain]:
    """Return what the votes cast on these days for a member's posts are worth."""
    gains: list[Gain] = []
    for day in days:
        start = datetime.combine(day, time(), UTC)
        inside = (Vote.cast_at >= start) & (Vote.cast_at < start + timedelta(days=1))
        gains += _gains((Vote.author_id == member_id) & inside, now)
    return gains


def _gains(condition: object, now: datetime) -> list[Gain]:
    voter = aliased(Member)
    rows = (
        select(Vote.post_id, Vote.cast_at, Vote.id)
        .join(Post, Post.id == Vote.post_id)
        .outerjoin(voter, voter.id == Vote.member_id)
        .where(Vote.value > 0, condition)  # type: ignore[arg-type]
        .where(Answer.__table__.c.official_at.is_(None))
        .where(Vote.member_id.is_(None) | (voter.joined_at <= now - FIRST_DAY))
    )
    worth = amounts.VOTED_UP.get()
    return [Gain(post_id, at, vote_id, worth) for post_id, at, vote_id in db.session.execute(rows)]


def total_of(member_id: int) -> int:
    """Return what the ledger says a member has."""
    booked = select(func.coalesce(func.sum(Booking.amount), 0))
    total: int = db.session.scalar(booked.where(Booking.member_id == member_id)) or 0
    return max(amounts.FLOOR, amounts.FLOOR + total)


def ledger_of(member_id: int, page: int) -> Page[Booking]:
    """Return a page of a member's bookings, the latest first."""
    mine = select(Booking).where(Booking.member_id == member_id)
    return page_of(mine.order_by(Booking.booked_at.desc(), Booking.id.desc()), page, 30)


def by_product(member_id: int) -> Sequence[ProductReputation]:
    """Return a member's reputation in each product, the highest first."""
    mine = select(ProductReputation).where(ProductReputation.member_id == member_id)
    return db.session.scalars(mine.order_by(ProductReputation.amount.desc())).all()
