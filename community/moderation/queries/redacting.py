"""Finding what repeats the words of a post."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.moderation.models.checks import CheckHit
from community.moderation.models.items import Item
from community.moderation.models.measures import Measure


def measures_on(post_id: int) -> Sequence[Measure]:
    """Return all measures on a post, in force or over."""
    return db.session.scalars(select(Measure).where(Measure.post_id == post_id)).all()


def hits_on(post_id: int) -> Sequence[CheckHit]:
    """Return all that checks found in a post."""
    return db.session.scalars(select(CheckHit).where(CheckHit.post_id == post_id)).all()


def items_about(post_id: int) -> Sequence[Item]:
    """Return what waits or waited for moderators because of a post."""
    return db.session.scalars(select(Item).where(Item.post_id == post_id)).all()
