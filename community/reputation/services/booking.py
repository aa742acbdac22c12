"""Booking what follows from a post's votes and marks, and keeping the totals in step."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.posts.models import Post
from community.questions.models import Question, Reply
from community.reputation import amounts, queries
from community.reputation.ceilings import beyond_the_day, beyond_the_post
from community.reputation.facts import Due, due_for
from community.reputation.models import Booking, Kind, ProductReputation


@transaction
@unguarded("reputation follows from facts; nobody gives it")
def settle(post_id: int) -> set[int]:
    """Book the difference between what ought to stand for a post and what stands.

    Returns the members whose reputation changed. Twice is once.
    """
    post = db.session.get(Post, post_id)
    if post is None:
        return set()
    product_id = _product_of(post)
    lock(db.session.get_one(Member, post.author_id))
    touched = _book_difference(post, product_id)
    days = {day for _member, day in touched}
    if days:
        _keep_ceilings(post, product_id, days)
    members = {member_id for member_id, _day in touched}
    for member_id in members:
        _sum_up(member_id, product_id)
    return members


def _product_of(post: Post) -> int | None:
    question_id = post.question_id if isinstance(post, Reply) else post.id
    return db.session.scalar(select(Question.product_id).where(Question.id == question_id))


def _book_difference(post: Post, product_id: int | None) -> set[tuple[int, date]]:
    """Reverse what should no longer stand and add what is missing; return members and days."""
    missing = Counter(due_for(post))
    touched: set[tuple[int, date]] = set()
    for booking in queries.standing(post.id):
        due = Due(
            booking.member_id, booking.kind, booking.amount, booking.day, booking.caused_by_id
        )
        if missing[due] > 0:
            missing[due] -= 1
            continue
        _reverse(booking)
        touched.add((booking.member_id, booking.day))
    for due in missing.elements():
        _book(due, post.id, product_id)
        touched.add((due.member_id, due.day))
    return touched


def _book(due: Due, post_id: int | None, product_id: int | None) -> None:
    save(
        Booking(
            member_id=due.member_id,
            kind=due.kind,
            amount=due.amount,
            day=due.day,
            caused_by_id=due.caused_by_id,
            post_id=post_id,
            product_id=product_id,
        )
    )


def _reverse(booking: Booking) -> None:
    save(
        Booking(
            member_id=booking.member_id,
            kind=booking.kind,
            amount=-booking.amount,
            day=booking.day,
            caused_by_id=booking.caused_by_id,
            post_id=booking.post_id,
            product_id=booking.product_id,
            reverses_id=booking.id,
        )
    )


def _keep_ceilings(post: Post, product_id: int | None, days: set[date]) -> None:
    """Bring what the ceilings take away in step: first for the post, then for its days."""
    gains = queries.gains_of_post(post.id, now())
    days |= {gain.day for gain in gains}
    beyond = {
        (post_id, day): amount
        for (post_id, day), amount in beyond_the_post(gains, amounts.FOR_A_POST.get()).items()
    }
    booked = {
        key: taken
        for key, taken in queries.booked_ceilings(post.author_id, Kind.POST_CEILING, days).items()
    }
    for day in days:
        more = beyond.get((post.id, day), 0) - booked.get((post.id, day), 0)
        _take_away(Due(post.author_id, Kind.POST_CEILING, -more, day, None), post.id, product_id)
    _keep_ceilings_of_days(post.author_id, days)


def _keep_ceilings_of_days(member_id: int, days: set[date]) -> None:
    gains = queries.gains_of_days(member_id, days, now())
    posts = queries.booked_ceilings(member_id, Kind.POST_CEILING, days)
    beyond = beyond_the_day(gains, posts, amounts.A_DAY.get())
    booked = queries.booked_ceilings(member_id, Kind.DAY_CEILING, days)
    for day in days:
        more = beyond.get(day, 0) - booked.get((0, day), 0)
        _take_away(Due(member_id, Kind.DAY_CEILING, -more, day, None), None, None)


def _take_away(due: Due, post_id: int | None, product_id: int | None) -> None:
    if due.amount:
        _book(due, post_id, product_id)


def _sum_up(member_id: int, product_id: int | None) -> None:
    """Let the columns say what the ledger says."""
    db.session.get_one(Member, member_id).reputation = queries.total_of(member_id)
    if product_id is None:
        return
    sums = select(func.coalesce(func.sum(Booking.amount), 0)).where(
        Booking.member_id == member_id, Booking.product_id == product_id
    )
    row = db.session.scalar(
        select(ProductReputation).where(
            ProductReputation.member_id == member_id, ProductReputation.product_id == product_id
        )
    )
    if row is None:
        row = ProductReputation(member_id=member_id, product_id=product_id)
        db.session.add(row)
    row.amount = db.session.scalar(sums) or 0
