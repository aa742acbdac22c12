"""The badge that members show beside their names, kept in step with what it says and who has it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, select, update

from community.badges.models import Award, Badge
from community.badges.policies import may_wear
from community.core.db import db, transaction
from community.core.policy import require, unguarded
from community.members.models import Member


@transaction
def choose(actor: Member, badge: Badge | None) -> None:
    """Show a badge that the member holds beside the name, or none."""
    require(may_wear(actor, badge, _holds(actor.id, badge)))
    actor.chosen_badge = badge.as_worn if badge else None


@transaction
@unguarded("part of changing a badge and of taking it back")
def refresh(badge: Badge, member_ids: Collection[int] | None = None) -> None:
    """Let what is shown beside names follow the badge; who holds it no longer shows none.

    member_ids: these members alone; none is all who chose it.
    """
    db.session.flush()
    chose = Member.chosen_badge["key"].as_string() == badge.key
    if member_ids is not None:
        chose &= Member.id.in_(member_ids)
    holders = select(Award.member_id).where(Award.badge_id == badge.id)
    _set(chose & Member.id.in_(holders), badge.as_worn)
    _set(chose & Member.id.not_in(holders), None)


def _set(whose: ColumnElement[bool], worn: dict[str, str] | None) -> None:
    change = update(Member).where(whose).values(chosen_badge=worn)
    db.session.execute(change.execution_options(synchronize_session=False))


def _holds(member_id: int, badge: Badge | None) -> bool:
    if badge is None:
        return True
    mine = select(Award.id).where(Award.badge_id == badge.id, Award.member_id == member_id)
    return db.session.scalar(mine.limit(1)) is not None
