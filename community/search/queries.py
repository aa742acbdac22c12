"""What the index has yet to learn."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from community.core.db import db
from community.search.models import SearchChange


def pending(most: int) -> Sequence[SearchChange]:
    """Return the oldest changes that are not in the index yet."""
    return db.session.scalars(select(SearchChange).order_by(SearchChange.id).limit(most)).all()


def number_of_pending() -> int:
    """Count the changes that are not in the index yet."""
    return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0
