"""Threads that became one."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import db
from community.questions.models.merging import Merge


def latest(question_id: int, into_id: int) -> Merge | None:
    """Return how a question became a part of another one, if it is one still."""
    mine = select(Merge).where(
        Merge.question_id == question_id, Merge.into_id == into_id, Merge.undone_at.is_(None)
    )
    return db.session.scalar(mine.order_by(Merge.id.desc()).limit(1))
