"""Looking up prepared replies, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.panel.models import CannedReply, CannedUse
from community.posts.models import Post
from community.questions.models import Question


@dataclass(frozen=True)
class Counted:
    """A prepared reply, how many answers used it, and how many questions were solved after."""

    reply: CannedReply
    uses: int
    solved: int


def by_id(reply_id: int) -> CannedReply:
    """Return a prepared reply that is offered. Raises NotFound."""
    found = db.session.get(CannedReply, reply_id)
    there = found if found is not None and found.retired_at is None else None
    return existing(there, _l("There is no such reply."))


def counted() -> Sequence[Counted]:
    """Return all prepared replies with what was counted, in one statement."""
    answers, questions = Post.__table__.alias(), Question.__table__.alias()
    was_solved = questions.c.solution_id.is_not(None) & (
        questions.c.solved_at >= answers.c.created_at
    )
    solved = case((was_solved, CannedUse.question_id))
    rows = db.session.execute(
        select(CannedReply, func.count(CannedUse.answer_id), func.count(solved.distinct()))
        .outerjoin(
            CannedUse,
            (CannedUse.reply_id == CannedReply.id) & CannedUse.answer_id.is_not(None),
        )
        .outerjoin(answers, answers.c.id == CannedUse.answer_id)
        .outerjoin(questions, questions.c.id == CannedUse.question_id)
        .where(CannedReply.retired_at.is_(None))
        .group_by(CannedReply.id)
        .order_by(CannedReply.language, CannedReply.title)
    )
    return [Counted(*row) for row in rows]


def question_to_answer(question_id: int) -> Question:
    """Return a public question with its author and product. Raises NotFound."""
    found = db.session.scalar(
        select(Question)
        .where(Question.id == question_id)
        .options(joinedload(Question.author), joinedload(Question.product))
    )
    there = found if found is not None and found.is_visible else None
    return existing(there, _l("This question does not exist."))
