"""Finding badges and who holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from community.badges.models import Award, Badge, Tier
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member

MOST_ON_PROFILE = 60
# Ids of awards by member and occasion.
Awards = dict[tuple[int, str], int]
BEST_FIRST = case({Tier.GOLD: 1, Tier.SILVER: 2}, value=Badge.tier, else_=3)


@dataclass(frozen=True)
class Held:
    """A badge, and how many members hold it or, on a profile, how often it was earned."""

    badge: Badge
    count: int


def by_key(key: str) -> Badge:
    """Return the badge with this key. Raises NotFound."""
    found = db.session.scalar(select(Badge).where(Badge.key == key))
    return existing(found, _l("There is no such badge."))


def with_holders(*, retired: bool = False) -> list[Held]:
    """Return every badge with how many hold it: ours first, the most common first in each tier.

    retired: those that nobody earns any more come too, last.
    """
    holding = func.count(func.distinct(Award.member_id))
    rows = (
        select(Badge, holding)
        .outerjoin(Award, Award.badge_id == Badge.id)
        .group_by(Badge.id)
        .where(true() if retired else Badge.retired_at.is_(None))
        .order_by(Badge.retired_at.is_not(None))
        .order_by(Badge.imported_from != "", BEST_FIRST.desc(), holding.desc(), Badge.key)
    )
    return [Held(badge, count) for badge, count in db.session.execute(rows)]


def holders(badge: Badge, number: int, size: int) -> Page[Award]:
    """Return a page of who holds a badge, the latest first."""
    mine = (
        select(Award)
        .join(Award.member)
        .where(Award.badge_id == badge.id, Member.deleted_at.is_(None))
    )
    loaded = mine.options(contains_eager(Award.member), joinedload(Award.given_by))
    return page_of(loaded.order_by(Award.awarded_at.desc(), Award.id.desc()), number, size)


def number_of_holders(badge: Badge) -> int:
    """Return how many members hold a badge; who left is left out."""
    holding = select(func.count(func.distinct(Award.member_id))).join(Award.member)
    mine = holding.where(Award.badge_id == badge.id, Member.deleted_at.is_(None))
    return db.session.scalar(mine) or 0


def of_member(member_id: int) -> list[Held]:
    """Return what a member holds and how often, the best first: one statement."""
    times = func.count(Award.id)
    rows = (
        select(Badge, times)
        .join(Award, Award.badge_id == Badge.id)
        .where(Award.member_id == member_id)
        .group_by(Badge.id)
        .order_by(BEST_FIRST, func.max(Award.awarded_at).desc(), Badge.id)
        .limit(MOST_ON_PROFILE)
    )
    return [Held(badge, count) for badge, count in db.session.execute(rows)]


def given_to(member_id: int) -> Sequence[Award]:
    """Return what staff gave a member, with the reasons."""
    mine = select(Award).where(Award.member_id == member_id, Award.given_by_id.is_not(None))
    loaded = mine.options(joinedload(Award.badge), joinedload(Award.given_by))
    return db.session.scalars(loaded.order_by(Award.awarded_at.desc()).limit(20)).all()


def to_give() -> Sequence[Badge]:
    """Return the badges that staff give."""
    by_hand = select(Badge).where(Badge.metric.is_(None), Badge.imported_from == "")
    by_hand = by_hand.where(Badge.retired_at.is_(None))
    return db.session.scalars(by_hand.order_by(BEST_FIRST, Badge.key)).all()


def automatic() -> Sequence[Badge]:
    """Return the badges that are earned by a rule."""
    return db.session.scalars(
        select(Badge)
        .where(Badge.metric.is_not(None), Badge.retired_at.is_(None))
        .order_by(Badge.id)
    ).all()


def held(badge: Badge, member_ids: Sequence[int] | None = None) -> Awards:
    """Return the awards that a rule made, to these members or to everybody."""
    return held_of_each([badge], member_ids)[badge.id]


def held_of_each(
    badges: Sequence[Badge], member_ids: Sequence[int] | None = None
) -> dict[int, Awards]:
    """Return the awards that rules made, by badge, to these members or to everybody.

    One statement for all of them.
    """
    rows = select(Badge.id, Award.member_id, Award.occasion, Award.id).where(
        Award.badge_id == Badge.id,
        Badge.id.in_([badge.id for badge in badges]),
        Award.given_by_id.is_(None),
    )
    if member_ids is not None:
        rows = rows.where(Award.member_id.in_(member_ids))
    found: dict[int, Awards] = {badge.id: {} for badge in badges}
    for badge_id, member_id, occasion, id_ in db.session.execute(rows):
        found[badge_id][member_id, occasion] = id_
    return found


def been_here() -> set[int]:
    """Return who has been here, unlike accounts of an import that nobody has claimed yet."""
    here = (Member.imported_from == "") | (Member.password_hash != "")
    return set(db.session.scalars(select(Member.id).where(here)))


def post_of_award(award_id: int) -> int:
    """Return for which post a badge was given. Raises NotFound for none."""
    post_id = db.session.scalar(select(Award.post_id).where(Award.id == award_id))
    return existing(post_id, _l("This badge was not given for a post."))
