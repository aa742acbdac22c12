"""Finding what repeats the words of a post."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.moderation.models.measures import Measure


def measures_on(post_id: int) -> Sequence[Measure]:
    """Return all measures on a post, in force or over."""
    return db.session.scalars(select(Measure).where(Measure.post_id == post_id)).all()
