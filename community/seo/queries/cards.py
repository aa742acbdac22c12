"""Which questions have cards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.questions.models import Question
from community.questions.queries import is_public, without_text


def lately_changed(number: int) -> Sequence[Question]:
    """Return the questions worth finding whose content changed last."""
    rows = select(Question).where(Question.indexable_since.is_not(None), *is_public())
    latest = rows.order_by(Question.content_changed_at.desc()).limit(number)
    return db.session.scalars(latest.options(*without_text())).all()
