"""Closing with a reason, opening again, and leading duplicates to their original."""

from __future__ import annotations

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.questions import queries
from community.questions.events import QuestionClosed, QuestionReopened
from community.questions.models import CloseReason, Question
from community.questions.policies import may_close, may_reopen
from community.questions.services.following import move_followers
from community.questions.threads import note_change, settle


@transaction
def close(
    actor: Member, question: Question, reason: CloseReason, original: Question | None = None
) -> None:
    """Take no more answers. The followers and me-toos of a duplicate move to its original.

    Raises Invalid for a duplicate without an original, of itself, or in a circle, and Forbidden
    if it was closed in the meantime.
    """
    lock(question)
    require(may_close(actor, question))
    if reason == CloseReason.DUPLICATE:
        _point_to(question, original)
    question.closed_at, question.likely_original_id = now(), None
    question.close_reason, question.closed_by_id = reason, actor.id
    record(actor.id, "close", f"posts:{question.id}", after=reason.value)
    settle(question)
    note_change(question.id)
    emit(QuestionClosed(question_id=question.id, actor_id=actor.id, reason=reason.value))


def _point_to(question: Question, original: Question | None) -> None:
    if original is not None and original.merged_into_id is not None:
        original = queries.by_id(original.merged_into_id)
    if original is None or not original.is_visible:
        raise Invalid(_l("Say which question this is a duplicate of."))
    if original.duplicate_of_id is not None:
        original = queries.by_id(original.duplicate_of_id)
    if original.id == question.id:
        raise Invalid(_l("A question cannot be a duplicate of itself."))
    question.duplicate_of_id = original.id
    queries.lead_duplicates(question, original)
    move_followers(question, lock(original))
    settle(original)


@transaction
def reopen(actor: Member, question: Question) -> None:
    """Take answers again."""
    lock(question)
    require(may_reopen(actor, question))
    if question.is_open:
        return
    question.closed_at, question.closed_by_id, question.close_reason = None, None, None
    question.duplicate_of_id = None
    record(actor.id, "reopen", f"posts:{question.id}")
    settle(question)
    note_change(question.id)
    emit(QuestionReopened(question_id=question.id, actor_id=actor.id))
