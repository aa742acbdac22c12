"""Finding what was booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, Table, bindparam, func, select, union
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member, Role
from community.products.models import Product
from community.questions.models import Question
from community.reputation.models import Booking, Kind, ProductReputation, SpamRuling
from community.votes.models import Vote

CEILINGS = (Kind.POST_CEILING, Kind.DAY_CEILING)
PAGE_SIZE = 30
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Summary:
    """What a member earned for one reason: how much, and how often."""

    kind: Kind
    amount: int
    times: int


@dataclass(frozen=True)
class About:
    """What a booking is about: "answers" or another kind of post, and the title of its question."""

    kind: str
    title: str


def standing(post_ids: Sequence[int]) -> Sequence[Booking]:
    """Return the bookings for posts that nobody took back, without the ceilings."""
    return db.session.scalars(_standing(), {"posts": list(post_ids)}).all()


@cache
def _standing() -> Select[Booking]:
    """Return the statement, put together once: each vote asks it."""
    reversal = aliased(Booking)
    posts: BindParameter[Any] = bindparam("posts", expanding=True)
    rows = (
        select(Booking)
        .outerjoin(reversal, reversal.reverses_id == Booking.id)
        .where(Booking.post_id.in_(posts), Booking.reverses_id.is_(None), reversal.id.is_(None))
        .where(Booking.kind.not_in(CEILINGS))
    )
    return rows.order_by(Booking.id)


def sums_of_posts(post_ids: Collection[int], kind: Kind) -> dict[int, dict[date, int]]:
    """Return the sums of one kind of booking, by post and day."""
    sums = (
        select(Booking.post_id, Booking.day, func.sum(Booking.amount))
        .where(Booking.post_id.in_(post_ids), Booking.kind == kind)
        .group_by(Booking.post_id, Booking.day)
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for post_id, day, amount in db.session.execute(sums):
        if post_id is not None:
            found[post_id][day] = amount
    return found


def ceilings_by_product(post_ids: Collection[int]) -> list[tuple[int, int | None, date, int]]:
    """Return what the ceilings of posts take away, by post, product and day."""
    columns = (Booking.post_id, Booking.product_id, Booking.day)
    sums = select(*columns, func.sum(Booking.amount)).group_by(*columns)
    mine = sums.where(Booking.post_id.in_(post_ids), Booking.kind == Kind.POST_CEILING)
    rows = db.session.execute(mine)
    return [(post or 0, product, day, amount) for post, product, day, amount in rows]


def posts_of_thread(question_id: int) -> Sequence[int]:
    """Return a question and its answers by their numbers."""
    posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
    mine = (posts.c.id == question_id) | (posts.c.question_id == question_id)
    return db.session.scalars(select(posts.c.id).where(mine, posts.c.kind != "comment")).all()


def sums_of_days(
    member_ids: Collection[int], kinds: Collection[Kind], days: Collection[date]
) -> dict[tuple[int, date], int]:
    """Return the sums of some kinds of booking, by member and day, between the outermost days."""
    sums = (
        select(Booking.member_id, Booking.day, func.sum(Booking.amount))
        .where(Booking.member_id.in_(member_ids), Booking.kind.in_(kinds))
        .where(Booking.day >= min(days), Booking.day <= max(days))
        .group_by(Booking.member_id, Booking.day)
    )
    return {(member_id, day): amount for member_id, day, amount in db.session.execute(sums)}


def totals_of(member_ids: Collection[int]) -> dict[int, int]:
    """Return what the ledger adds up to for members; who has no booking is left out."""
    sums = select(Booking.member_id, func.sum(Booking.amount))
    sums = sums.where(Booking.member_id.in_(member_ids)).group_by(Booking.member_id)
    return dict(iter(db.session.execute(sums)))


def totals_by_product(member_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Return what the ledger adds up to, by member and product."""
    sums = select(Booking.member_id, Booking.product_id, func.sum(Booking.amount))
    mine = sums.where(Booking.member_id.in_(member_ids), Booking.product_id.is_not(None))
    rows = db.session.execute(mine.group_by(Booking.member_id, Booking.product_id))
    return {(member_id, product_id): amount for member_id, product_id, amount in rows if product_id}


def posts_that_matter(after: int, limit: int) -> Sequence[int]:
    """Return the next posts after a number for which anything is or ought to be booked."""
    kinds: tuple[Select[Any], ...] = (
        _next(Vote.post_id, after, limit),
        _next(Booking.post_id, after, limit),
        _next(SpamRuling.post_id, after, limit),
        _next(Question.solution_id, after, limit),
    )
    numbers = union(*(select(each.subquery().c[0]) for each in kinds)).subquery()
    return db.session.scalars(select(numbers.c[0]).order_by(numbers.c[0]).limit(limit)).all()


def _next(column: Any, after: int, limit: int) -> Select[Any]:  # noqa: ANN401
    return select(column).where(column > after).distinct().order_by(column).limit(limit)


def ledger_of(member_id: int, number: int) -> Page[Booking]:
    """Return a page of a member's bookings, the latest first."""
    mine = select(Booking).where(Booking.member_id == member_id)
    return page_of(mine.order_by(Booking.booked_at.desc(), Booking.id.desc()), number, PAGE_SIZE)


def posts_of(rows: Collection[Booking | Vote]) -> dict[int, About]:
    """Return what the posts of bookings or votes are, by their numbers, in one statement."""
    posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
    own, thread = posts.alias("own"), posts.alias("thread")
    ids = {each.post_id for each in rows if each.post_id is not None}
    found = (
        select(own.c.id, own.c.kind, thread.c.title)
        .join_from(own, thread, thread.c.id == func.coalesce(own.c.question_id, own.c.id))
        .where(own.c.id.in_(ids))
    )
    return {post_id: About(f"{kind}s", title) for post_id, kind, title in db.session.execute(found)}


def found_dishonest(bookings: Collection[Booking]) -> set[int]:
    """Return which of these bookings are for votes that a check took out of the count.

    What was booked before a moderator cleared them is still the check's doing.
    """
    same = (Vote.post_id == Booking.post_id) & (Vote.member_id == Booking.caused_by_id)
    taken_out = Vote.invalidated_at.is_not(None) | (Booking.booked_at <= Vote.cleared_at)
    rows = select(Booking.id).join(Vote, same).where(taken_out)
    ids = [each.id for each in bookings]
    return set(db.session.scalars(rows.where(Booking.id.in_(ids))))


def by_kind(member_id: int) -> list[Summary]:
    """Return what a member earned, and lost, for each reason; what was taken back is left out."""
    sums = (
        select(
            Booking.kind,
            func.sum(Booking.amount),
            func.count() - 2 * func.count(Booking.reverses_id),
        )
        .where(Booking.member_id == member_id)
        .group_by(Booking.kind)
    )
    found = {kind: Summary(kind, amount, times) for kind, amount, times in db.session.execute(sums)}
    return [found[kind] for kind in Kind if kind in found and found[kind].amount]


def lately(member_id: int) -> int:
    """Return how a member's reputation changed in thirty days, by the days of the deeds."""
    since = (now() - RECENT).date()
    change = select(func.sum(Booking.amount)).where(
        Booking.member_id == member_id, Booking.day > since
    )
    return db.session.scalar(change) or 0


def by_product(member_id: int) -> list[tuple[str, str, int]]:
    """Return name, slug and reputation of the products where a member has any, by reputation."""
    mine = (
        select(Product.name, Product.slug, ProductReputation.amount)
        .join_from(ProductReputation, Product, Product.id == ProductReputation.product_id)
        .where(ProductReputation.member_id == member_id, ProductReputation.amount > 0)
        .order_by(ProductReputation.amount.desc(), Product.name)
    )
    return [(name, slug, amount) for name, slug, amount in db.session.execute(mine)]


def by_level() -> dict[int, int]:
    """Return how many members have each level of trust; who left and the staff are left out."""
    counts = select(Member.trust_level, func.count()).where(Member.deleted_at.is_(None))
    members = counts.where(Member.staff_title == "", Member.role == Role.MEMBER)
    return dict(iter(db.session.execute(members.group_by(Member.trust_level))))


def batches_of_members(size: int) -> Iterator[list[int]]:
    """Yield the numbers of all members, some at a time."""
    last = 0
    while True:
        rows = select(Member.id).where(Member.id > last).order_by(Member.id).limit(size)
        ids = list(db.session.scalars(rows))
        if not ids:
            return
        yield ids
        last = ids[-1]
