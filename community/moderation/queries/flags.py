"""Finding flags, and how right those who raise them were before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member
from community.moderation.models.flags import Flag, FlagReason
from community.moderation.models.items import ItemState
from community.moderation.scoring import Accuracy

COUNTED = (ItemState.PENDING, ItemState.AGREED)


def accuracies(member_ids: Collection[int]) -> dict[int, Accuracy]:
    """Return how right the earlier flags of many members were, in one statement."""
    if not member_ids:
        return {}
    agreed = func.sum(case((Flag.state == ItemState.AGREED, 1), else_=0))
    disagreed = func.sum(case((Flag.state == ItemState.DISAGREED, 1), else_=0))
    rows = db.session.execute(
        select(Flag.member_id, agreed, disagreed)
        .where(Flag.member_id.in_(member_ids))
        .group_by(Flag.member_id)
    )
    found = {member_id: Accuracy(yes, no) for member_id, yes, no in rows}
    return {member_id: found.get(member_id, Accuracy()) for member_id in member_ids}


def of_item(item_id: int) -> Sequence[Flag]:
    """Return the flags of an item with who raised them, the oldest first."""
    rows = select(Flag).where(Flag.item_id == item_id).options(joinedload(Flag.member))
    return db.session.scalars(rows.order_by(Flag.id)).all()


def of_items(item_ids: Collection[int]) -> Sequence[Flag]:
    """Return the flags of many items in one statement, the oldest first."""
    if not item_ids:
        return []
    return db.session.scalars(
        select(Flag).where(Flag.item_id.in_(item_ids)).order_by(Flag.id)
    ).all()


def raised_since(member: Member, ago: timedelta) -> int:
    """Count the flags that a member raised in this time."""
    mine = select(func.count(Flag.id)).where(
        Flag.member_id == member.id, Flag.flagged_at > now() - ago
    )
    return db.session.scalar(mine) or 0


def latest_of(member: Member, subject_key: str, reason: FlagReason) -> Flag | None:
    """Return the last flag of a member on a thing for this reason."""
    mine = select(Flag).where(
        Flag.member_id == member.id, Flag.subject_key == subject_key, Flag.reason == reason
    )
    return db.session.scalar(mine.order_by(Flag.id.desc()).limit(1))


def judged_since(subject_key: str, reason: FlagReason, moment: datetime) -> datetime | None:
    """Return when a flag of anybody on a thing for this reason was judged, if after a moment."""
    judged = select(func.max(Flag.judged_at)).where(
        Flag.subject_key == subject_key, Flag.reason == reason, Flag.judged_at > moment
    )
    return db.session.scalar(judged)


def weight_of_item(item_id: int) -> float:
    """Return the sum of what an item's pending and agreed flags weigh."""
    counted = select(func.coalesce(func.sum(Flag.weight), 0.0)).where(
        Flag.item_id == item_id, Flag.state.in_(COUNTED)
    )
    return round(db.session.scalar(counted) or 0.0, 2)


def against(member_id: int, since: datetime | None = None) -> tuple[float, int]:
    """Return what the flags on a member's posts and profile weigh, and how many flagged."""
    counted = select(
        func.coalesce(func.sum(Flag.weight), 0.0), func.count(Flag.member_id.distinct())
    ).where(Flag.about_id == member_id, Flag.state.in_(COUNTED))
    if since is not None:
        counted = counted.where(Flag.flagged_at > since)
    weighs, flaggers = db.session.execute(counted).one()
    return round(weighs, 2), flaggers


def about(member_id: int) -> Sequence[Flag]:
    """Return the pending and agreed flags on a member's posts and profile."""
    return db.session.scalars(
        select(Flag).where(Flag.about_id == member_id, Flag.state.in_(COUNTED))
    ).all()


def raised_by(member: Member, number: int) -> Page[Flag]:
    """Return a page of what a member flagged, the latest first, with what came of it."""
    mine = select(Flag).where(Flag.member_id == member.id)
    return page_of(mine.options(joinedload(Flag.item)).order_by(Flag.id.desc()), number)
