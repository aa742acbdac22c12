"""Which questions belong beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.core.text import plain_text
from community.questions.models import Question, related_questions
from community.questions.queries import is_public
from community.questions.queries.alike import MOST, similar_ids


def related(question_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the questions related to each of these public questions, the closest first."""
    wanted = select(Question.id, Question.title, Question.body_html)
    asked = db.session.execute(wanted.where(Question.id.in_(question_ids), *is_public())).all()
    found = {each.id: _others(each.id, each.title, each.body_html) for each in asked}
    there = _existing({each for ids in found.values() for each in ids})
    return {mine: [each for each in ids if each in there][:MOST] for mine, ids in found.items()}


def _others(question_id: int, title: str, body_html: str) -> list[int]:
    alike = similar_ids(title, plain_text(body_html), MOST + 1)
    return [each for each in alike if each != question_id]


def _existing(ids: set[int]) -> set[int]:
    """Return those that are public: the index may be some seconds behind."""
    if not ids:
        return set()
    return set(db.session.scalars(select(Question.id).where(Question.id.in_(ids), *is_public())))


def lately_active(days: int, limit: int) -> Sequence[int]:
    """Return the public questions in which somebody wrote in the last days, the latest first."""
    since = now() - timedelta(days=days)
    active = select(Question.id).where(*is_public(), Question.active_at > since)
    return db.session.scalars(active.order_by(Question.active_at.desc()).limit(limit)).all()


def without_relations(limit: int) -> Sequence[int]:
    """Return public questions beside which nothing stands, those that are seen most first."""
    known = select(related_questions.c.question_id)
    bare = select(Question.id).where(*is_public(), Question.id.not_in(known))
    return db.session.scalars(bare.order_by(Question.views.desc()).limit(limit)).all()


def public_ids(after: int, limit: int) -> Sequence[int]:
    """Return the next public questions after this number."""
    wanted = select(Question.id).where(*is_public(), Question.id > after)
    return db.session.scalars(wanted.order_by(Question.id).limit(limit)).all()
