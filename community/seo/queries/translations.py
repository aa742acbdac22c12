"""Threads that say the same in other languages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.questions.models import Question
from community.questions.queries import is_public, without_text


def of(question: Question) -> Sequence[Question]:
    """Return the public translations of a question, itself among them; none if it has none."""
    if question.translations_id is None:
        return []
    rows = select(Question).where(
        Question.translations_id == question.translations_id, *is_public()
    )
    found = db.session.scalars(rows.options(*without_text()).order_by(Question.lang)).all()
    return found if len(found) > 1 else []
