"""What a rule would do before it is saved: who would get the badge, and who would lose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from community.badges.models import Badge
from community.badges.queries import held
from community.badges.queries.earners import earned
from community.core.db import db
from community.members.models import Member

# How many members a preview names.
NAMED = 24


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How many members a rule honours, how many of them anew, how many awards that is."""

    members: int
    awards: int
    new: int
    lost: int
    named: Sequence[Member]


def forecast(badge: Badge) -> Forecast:
    """Say what a rule would do; the badge need not be saved. Four statements at most."""
    deserved = {
        (member_id, f"post:{post_id}" if badge.per_post else "")
        for member_id, post_id in earned(badge)
    }
    have = held(badge).keys() if badge.id is not None else set()
    members = {member_id for member_id, _occasion in deserved}
    new = members - {member_id for member_id, _occasion in have}
    lost = have - deserved if badge.revocable else set()
    return Forecast(
        members=len(members),
        awards=len(deserved),
        new=len(new),
        lost=len(lost),
        named=_best_known(new or members),
    )


def _best_known(member_ids: set[int]) -> Sequence[Member]:
    """Return some of these members whom an admin is likely to know.

    A database takes only so many numbers at a time, and the oldest accounts are known best.
    """
    some = sorted(member_ids)[:1000]
    rows = select(Member).where(Member.id.in_(some)).order_by(Member.reputation.desc(), Member.id)
    return db.session.scalars(rows.limit(NAMED)).all()
