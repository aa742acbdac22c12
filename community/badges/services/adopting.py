"""Adopting badges of an import: each name becomes a badge of its own, and nobody is mailed."""

from __future__ import annotations

from slugify import slugify
from sqlalchemy import String, cast, literal, select, update

from community.badges.models import Award, Badge, Tier
from community.core.db import db, save, transaction
from community.core.policy import unguarded

TIERS = {1: Tier.GOLD, 2: Tier.SILVER}
LONGEST_KEY = 60


@transaction
@unguarded("what an import brought belongs to its members already")
def adopt() -> None:
    """Turn what imports kept by name and rank into badges with holders."""
    loose = select(Award.imported_from, Award.name, Award.rank).where(Award.badge_id.is_(None))
    for source, name, rank in db.session.execute(loose.distinct()).all():
        badge = _find_or_make(source, name, rank)
        its = update(Award).where(
            Award.badge_id.is_(None),
            Award.imported_from == source,
            Award.name == name,
            Award.rank == rank,
        )
        # The same badge may have been earned many times; each award is an occasion of its own.
        occasion = literal("old:") + cast(Award.id, String)
        db.session.execute(
            its.values(badge_id=badge.id, occasion=occasion).execution_options(
                synchronize_session=False
            )
        )


def _find_or_make(source: str, name: str, rank: int) -> Badge:
    tier = TIERS.get(rank, Tier.BRONZE)
    key = slugify(f"{source}-{name}-{tier}")[:LONGEST_KEY]
    found = db.session.scalar(select(Badge).where(Badge.key == key))
    return found or save(
        Badge(key=key, name_en=name, name_es=name, tier=tier, icon="star", imported_from=source)
    )
