"""Giving and taking levels of trust."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from community.core.audit import record
from community.core.clock import now
from community.core.db import FOR_CHANGING, db, lock, save, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Member
from community.members.trust import Level
from community.reputation.bars import GRACE, KEPT_AT, Progress, is_reached
from community.reputation.events import LevelLost, LevelReached
from community.reputation.models import Standing
from community.reputation.policies import may_make_leader
from community.reputation.queries import history, progress


@transaction
@unguarded("levels follow from what members do; leaders alone are made by hand")
def look_at(member_ids: Collection[int]) -> int:
    """Give members the levels that they have reached, and take what they lost; return how many."""
    altogether, lately = progress.altogether(member_ids), progress.lately(member_ids)
    standings = progress.standings_of(member_ids)
    rows = select(Member).where(Member.id.in_(member_ids), Member.trust_level < Level.LEADER)
    changed = 0
    in_order = rows.order_by(Member.id).with_for_update(**FOR_CHANGING)
    for member in db.session.scalars(in_order).all():
        before = Level(member.trust_level)
        after = _highest(before, altogether[member.id], lately[member.id])
        standing = standings.get(member.id)
        if before == Level.REGULAR:
            after = _keep_or_lose(standing or _standing_of(member), lately[member.id])
        if after != before:
            _move(member, after, standing)
            changed += 1
    return changed


@transaction
@unguarded("levels follow from what members did, here or where an import comes from")
def recognise(member_ids: Collection[int]) -> int:
    """Give members of an import the levels that their history proves, silently; return how many.

    Level 3 looks at the last hundred days here, so nobody brings it along.
    """
    done = history.of_members(member_ids)
    new = (Member.id.in_(member_ids), Member.trust_level == Level.NEW, Member.deleted_at.is_(None))
    risen = 0
    for member in db.session.scalars(select(Member).where(*new)).all():
        member.trust_level = int(_highest(Level.NEW, done[member.id], Progress()))
        risen += member.trust_level > Level.NEW
    return risen


@transaction
def make_leader(actor: Member, member: Member, reason: str) -> None:
    """Let a member be a leader. Raises Invalid without a reason."""
    require(may_make_leader(actor))
    _set_by_hand(actor, member, Level.LEADER, reason)


@transaction
def end_leadership(actor: Member, member: Member, reason: str) -> None:
    """Let a leader have the level again that follows from what the member does."""
    require(may_make_leader(actor))
    if member.trust_level == Level.LEADER:
        _set_by_hand(actor, member, Level.MEMBER, reason)
        look_at([member.id])


def _set_by_hand(actor: Member, member: Member, level: Level, reason: str) -> None:
    if not reason.strip():
        raise Invalid(_l("Please give a reason."), field="reason")
    before = lock(member).trust_level
    if before == level:
        return
    facts = {"before": before, "after": int(level), "reason": reason.strip()}
    record(actor.id, "trust-level", f"members:{member.id}", **facts)
    _move(member, level, progress.standings_of([member.id]).get(member.id))


def _highest(level: Level, altogether: Progress, lately: Progress) -> Level:
    """Return the highest level whose bars, and those of all below it, are reached."""
    while level < Level.REGULAR:
        above = Level(level + 1)
        if not is_reached(above, lately if above == Level.REGULAR else altogether):
            break
        level = above
    return level


def _keep_or_lose(standing: Standing, lately: Progress) -> Level:
    """Return the level of somebody who is a regular: it is lost only after some days of grace."""
    if is_reached(Level.REGULAR, lately, KEPT_AT):
        standing.wanting_since = None
    elif standing.wanting_since is None:
        standing.wanting_since = now()
    elif standing.wanting_since <= now() - GRACE:
        return Level.MEMBER
    return Level.REGULAR


def _standing_of(member: Member) -> Standing:
    return save(Standing(member_id=member.id))


def _move(member: Member, level: Level, standing: Standing | None) -> None:
    before, member.trust_level = member.trust_level, int(level)
    standing = standing or _standing_of(member)
    standing.reached_at, standing.wanting_since = now(), None
    kind = LevelReached if level > before else LevelLost
    emit(kind(member_id=member.id, level=int(level)))
