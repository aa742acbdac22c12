"""What the pages show that put threads in order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.products.models import Product
from community.questions.models import Answer, Question, related_questions
from community.questions.queries import is_public, without_text

MOST_ANSWERS = 300
MOST_TWINS = 8


def answers_to_choose(question: Question) -> list[Answer]:
    """Return the answers of a thread that are not deleted, with their authors, oldest first."""
    given = select(Answer).where(Answer.question_id == question.id, Answer.deleted_at.is_(None))
    latest = given.options(joinedload(Answer.author)).order_by(Answer.created_at, Answer.id)
    return list(db.session.scalars(latest.limit(MOST_ANSWERS)))


def likely_twins(question: Question) -> Sequence[Question]:
    """Return questions that this one may be the same as: suggested ones, then related ones."""
    related = select(related_questions.c.related_id).where(
        related_questions.c.question_id == question.id
    )
    named = [question.likely_original_id or 0, question.duplicate_of_id or 0]
    twins = select(Question).where(
        or_(
            Question.id.in_(related),
            Question.id.in_(named),
            Question.duplicate_of_id == question.id,
        )
    )
    first = Question.id.in_(named).desc()
    shown = twins.where(*is_public(), Question.id != question.id).options(*without_text())
    return db.session.scalars(shown.order_by(first, Question.id).limit(MOST_TWINS)).all()


def merged_into(question_id: int) -> Sequence[Question]:
    """Return the questions that became a part of this one."""
    merged = select(Question).where(Question.merged_into_id == question_id)
    return db.session.scalars(merged.options(*without_text()).order_by(Question.id)).all()


def product_name(question: Question) -> str:
    """Return the name of the product that a question belongs to."""
    name = select(Product.name).where(Product.id == question.product_id)
    return db.session.scalar(name) or ""
