"""Booking what follows from votes and marks, and keeping the totals in step.

One way for everything: what ought to stand is worked out from the facts, and the difference to
what stands is booked. A vote that comes, goes or turns, an amount that an admin changes and a
rebuild of the whole ledger are all the same to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm.attributes import set_committed_value

from community.core.clock import now
from community.core.db import FOR_CHANGING, db, transaction
from community.core.jobs import enqueue
from community.core.policy import unguarded
from community.members import queries as member_queries
from community.members.models import Member
from community.reputation import amounts, queries
from community.reputation.ceilings import beyond_the_day, beyond_the_post
from community.reputation.facts import FIRST_DAY, Due, Fact, due_for, facts_of
from community.reputation.models import Booking, Kind, ProductReputation

GAINS = (Kind.VOTED_UP, Kind.POST_CEILING)


@transaction
@unguarded("reputation follows from facts; nobody gives it")
def settle(*post_ids: int) -> set[int]:
    """Book the difference between what ought to stand for posts and what stands.

    Returns the members whose reputation changed. Twice is once.
    """
    facts = facts_of(post_ids)
    _one_at_a_time({fact.author_id for fact in facts})
    booked = _book_differences(facts)
    booked += _keep_ceilings_of_posts(facts, booked)
    booked += _keep_ceilings_of_days(booked)
    db.session.flush()
    members = {booking.member_id for booking in booked}
    sum_up(members)
    return members


@transaction
@unguarded("reputation follows from facts; nobody gives it")
def heed_vote(post_id: int, voter_id: int) -> None:
    """Book a vote now, or once its voter has been here for a day."""
    settle(post_id)
    voter = member_queries.by_id(voter_id)
    wait = voter.joined_at + FIRST_DAY - now() if voter else timedelta()
    if wait > timedelta():
        key = f"reputation:{post_id}:{voter_id}"
        delay = wait.total_seconds() + 1
        enqueue("reputation.settle", key=key, delay=delay, post_id=post_id)


@transaction
@unguarded("the totals say what the ledger says")
def sum_up(member_ids: Collection[int]) -> int:
    """Let the totals of members say what the ledger says; return of how many one was wrong."""
    if not member_ids:
        return 0
    totals = queries.totals_of(member_ids)
    rows = select(Member.id, Member.reputation).where(Member.id.in_(member_ids))
    wrong: dict[int, int] = {}
    for member_id, shown in db.session.execute(rows).all():
        right = max(amounts.FLOOR, amounts.FLOOR + totals.get(member_id, 0))
        if shown != right:
            wrong[member_id] = right
    _set_totals(wrong)
    return len(wrong.keys() | _sum_up_products(member_ids))


def _one_at_a_time(member_ids: set[int]) -> None:
    """Keep others from settling posts of the same authors until the transaction ends."""
    rows = select(Member.id).where(Member.id.in_(member_ids)).order_by(Member.id)
    db.session.execute(rows.with_for_update(**FOR_CHANGING))


def _book_differences(facts: Sequence[Fact]) -> list[Booking]:
    """Reverse what should no longer stand, and add what is missing."""
    missing = due_for(facts)
    by_id = {fact.post_id: fact for fact in facts}
    booked = []
    for old in queries.standing(list(by_id)):
        assert old.post_id is not None
        due = Due(old.member_id, old.kind, old.amount, old.day, old.caused_by_id)
        # What stands for a product that the post has left is taken back, and booked anew.
        stays = old.product_id == by_id[old.post_id].product_id
        if stays and missing[old.post_id][due] > 0:
            missing[old.post_id][due] -= 1
        else:
            booked.append(_reversal(old))
    for post_id, dues in missing.items():
        booked += [_booking(due, post_id, by_id[post_id].product_id) for due in dues.elements()]
    db.session.add_all(booked)
    db.session.flush()
    return booked


def _booking(due: Due, post_id: int | None, product_id: int | None) -> Booking:
    return Booking(
        member_id=due.member_id,
        kind=due.kind,
        amount=due.amount,
        day=due.day,
        caused_by_id=due.caused_by_id,
        post_id=post_id,
        product_id=product_id,
    )


def _reversal(old: Booking) -> Booking:
    due = Due(old.member_id, old.kind, -old.amount, old.day, old.caused_by_id)
    new = _booking(due, old.post_id, old.product_id)
    new.reverses_id = old.id
    return new


def _keep_ceilings_of_posts(facts: Sequence[Fact], booked: Iterable[Booking]) -> list[Booking]:
    """Book by how much more, or less, the ceiling of each changed post takes away on each day."""
    ups = [each for each in booked if each.kind == Kind.VOTED_UP]
    changed = {each.post_id for each in ups}
    concerned = [fact for fact in facts if fact.post_id in changed]
    made = _move_ceilings(concerned)
    gains = queries.sums_of_posts([fact.post_id for fact in concerned], Kind.VOTED_UP)
    taken = queries.sums_of_posts([fact.post_id for fact in concerned], Kind.POST_CEILING)
    for fact in concerned:
        beyond = beyond_the_post(gains[fact.post_id], amounts.FOR_A_POST.get())
        for day, amount in beyond.items():
            more = amount + taken[fact.post_id].get(day, 0)
            if more:
                due = Due(fact.author_id, Kind.POST_CEILING, -more, day, None)
                made.append(_booking(due, fact.post_id, fact.product_id))
                _say_capped(ups, made[-1])
    db.session.add_all(made)
    db.session.flush()
    return made


def _move_ceilings(facts: Sequence[Fact]) -> list[Booking]:
    """Return what moves the ceilings of posts to the product where the posts stand now."""
    by_id = {fact.post_id: fact for fact in facts}
    made = []
    for post_id, product_id, day, amount in queries.ceilings_by_product(list(by_id)):
        fact = by_id[post_id]
        if product_id != fact.product_id and amount:
            due = Due(fact.author_id, Kind.POST_CEILING, amount, day, None)
            back = Due(fact.author_id, Kind.POST_CEILING, -amount, day, None)
            made += [_booking(back, post_id, product_id), _booking(due, post_id, fact.product_id)]
    return made


def _keep_ceilings_of_days(booked: Iterable[Booking]) -> list[Booking]:
    """Book by how much more, or less, the ceiling takes away on each changed day."""
    ups = [each for each in booked if each.kind in GAINS]
    concerned = {(each.member_id, each.day) for each in ups}
    if not concerned:
        return []
    members, days = {member for member, _day in concerned}, {day for _member, day in concerned}
    gains = queries.sums_of_days(members, GAINS, days)
    taken = queries.sums_of_days(members, [Kind.DAY_CEILING], days)
    made = []
    for member_id, day in sorted(concerned):
        beyond = beyond_the_day(gains[member_id, day], amounts.A_DAY.get())
        more = beyond + taken.get((member_id, day), 0)
        if more:
            made.append(_booking(Due(member_id, Kind.DAY_CEILING, -more, day, None), None, None))
            _say_capped(ups, made[-1])
    db.session.add_all(made)
    return made


def _say_capped(ups: Sequence[Booking], ceiling: Booking) -> None:
    """Say on the new rows that a ceiling took a part of them, or all: the last ones first."""
    taken = -ceiling.amount
    for each in reversed(ups):
        same = each.member_id == ceiling.member_id and each.day == ceiling.day
        of_post = ceiling.post_id in {None, each.post_id}
        is_gain = each.kind == Kind.VOTED_UP and each.amount > 0 and not each.is_capped
        if same and of_post and is_gain and taken > 0:
            each.is_capped = True
            taken -= each.amount


def _set_totals(totals: dict[int, int]) -> None:
    if not totals:
        return
    members = cast(Table, Member.__table__)
    setting = update(members).where(members.c.id == bindparam("whose"))
    db.session.connection().execute(
        setting.values(reputation=bindparam("right")),
        [{"whose": member_id, "right": right} for member_id, right in totals.items()],
    )
    for member_id, right in totals.items():
        known = db.session.identity_map.get(db.session.identity_key(Member, member_id))
        if known is not None:
            set_committed_value(known, "reputation", right)


def _sum_up_products(member_ids: Collection[int]) -> set[int]:
    """Let the totals by product say what the ledger says; return the members with a wrong one."""
    totals = queries.totals_by_product(member_ids)
    wrong = set()
    rows = select(ProductReputation).where(ProductReputation.member_id.in_(member_ids))
    for row in db.session.scalars(rows):
        right = totals.pop((row.member_id, row.product_id), 0)
        if row.amount != right:
            row.amount = right
            wrong.add(row.member_id)
    for (member_id, product_id), amount in totals.items():
        new = ProductReputation(member_id=member_id, product_id=product_id, amount=amount)
        db.session.add(new)
        if amount:
            wrong.add(member_id)
    db.session.flush()
    return wrong
