"""The questions whose cards are drawn by night."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.questions.models import Question
from community.questions.queries import is_public, without_text


def below(question_id: int, number: int) -> Sequence[Question]:
    """Return the newest questions worth finding that are older than this one; 0: the newest."""
    rows = select(Question).where(Question.indexable_since.is_not(None), *is_public())
    if question_id:
        rows = rows.where(Question.id < question_id)
    latest = rows.order_by(Question.id.desc()).limit(number)
    return db.session.scalars(latest.options(*without_text())).all()
