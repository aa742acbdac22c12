"""Finding appeals."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.members.models import Member, Role
from community.moderation.models.appeals import Appeal
from community.moderation.models.items import Item, ItemKind, ItemState
from community.moderation.models.measures import Measure


def against(measure_id: int) -> Appeal | None:
    """Return what was said against a measure, if anything."""
    mine = select(Appeal).where(Appeal.measure_id == measure_id)
    return db.session.scalar(mine.options(joinedload(Appeal.measure).joinedload(Measure.post)))


def by_measure(measure_id: int) -> Appeal:
    """Return the appeal against a measure. Raises NotFound."""
    return existing(against(measure_id), _l("Nobody has objected to this."))


def others_who_decide(measure: Measure) -> int:
    """Count the moderators and admins who neither took the measure nor are concerned by it."""
    others = select(func.count()).where(
        Member.role.in_([Role.MODERATOR, Role.ADMIN]),
        Member.suspended_at.is_(None),
        Member.deleted_at.is_(None),
        Member.id.not_in([measure.actor_id or 0, measure.member_id]),
    )
    return db.session.scalar(others) or 0


def waiting_item(key: str) -> Item | None:
    """Return what waits in the review queue because of this appeal."""
    return db.session.scalar(
        select(Item).where(
            Item.subject_key == key,
            Item.kind == ItemKind.APPEAL,
            Item.state == ItemState.PENDING,
        )
    )
