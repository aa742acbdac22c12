"""Awarding what was earned, and taking back what is revocable and holds no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, select

from community.badges import starters
from community.badges.models import Award, Badge
from community.badges.services.choosing import refresh
from community.core.clock import now
from community.core.db import db, insert_once, transaction
from community.core.policy import unguarded
from community.notifications.models import Kind
from community.notifications.services import Notice, tell

BY_THE_FORUM = "by the forum itself: nobody is asked whether somebody earned something"
PORTION = 500


@transaction
@unguarded(BY_THE_FORUM)
def seed() -> int:
    """Put the starting badges in place where they are missing; return how many came."""
    known = set(db.session.scalars(select(Badge.key)))
    missing = [row for row in starters.rows() if row["key"] not in known]
    for row in missing:
        db.session.execute(insert_once(Badge, **row))
    return len(missing)


@transaction
@unguarded(BY_THE_FORUM)
def award(badge: Badge, new: Iterable[tuple[int, int | None]], to_tell: Collection[int]) -> None:
    """Award a badge to who earned it, and tell those of them who should hear of it."""
    for member_id, post_id in new:
        values = {
            "badge_id": badge.id,
            "member_id": member_id,
            "occasion": f"post:{post_id}" if badge.per_post else "",
            "post_id": post_id,
            "awarded_at": now(),
        }
        db.session.execute(insert_once(Award, **values))
        if member_id in to_tell:
            announce(badge, member_id, post_id)


@transaction
@unguarded(BY_THE_FORUM)
def take_back(badge: Badge, award_ids: Sequence[int]) -> None:
    """Take back awards of a revocable badge; nobody shows beside the name what is gone."""
    for start in range(0, len(award_ids), PORTION):
        portion = award_ids[start : start + PORTION]
        gone = delete(Award).where(Award.id.in_(portion)).returning(Award.member_id)
        refresh(badge, set(db.session.scalars(gone)))


@transaction
@unguarded("part of awarding and giving")
def announce(badge: Badge, member_id: int, post_id: int | None = None) -> None:
    """Tell a member of a badge, once for each occasion."""
    facts = {
        "names": {"en": badge.name_en, "es": badge.name_es},
        "endpoint": "badges.show",
        "values": {"key": badge.key},
    }
    key = f"badge:{badge.id}:{post_id or ''}"
    tell(Notice(kind=Kind.BADGE, key=key, post_id=post_id, facts=facts), [member_id])
