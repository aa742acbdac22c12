"""Pinning questions to the top of lists, for some time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.questions.events import QuestionPinned
from community.questions.models import Question
from community.questions.policies import may_pin

LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Pin:
    """Until when a question stands first: in the lists of its product, or in all."""

    until: datetime
    everywhere: bool = False


@transaction
def pin(actor: Member, question: Question, wish: Pin, reason: str = "") -> None:
    """Let a question stand first until a moment. Raises Invalid for one past, or too far away."""
    lock(question)
    require(may_pin(actor, question, everywhere=wish.everywhere))
    require(may_pin(actor, question, everywhere=question.is_pinned_everywhere))
    if not now() < wish.until <= now() + LONGEST:
        raise Invalid(_l("The end lies in the past, or more than a year away."), field="until")
    question.pinned_until, question.pinned_everywhere = wish.until, wish.everywhere
    after = {"until": wish.until.isoformat(), "everywhere": wish.everywhere}
    record(actor.id, "pin", f"posts:{question.id}", after=after, reason=reason)
    emit(QuestionPinned(question_id=question.id, actor_id=actor.id))


@transaction
def unpin(actor: Member, question: Question) -> None:
    """Let a question stand among the others again. Twice is once."""
    lock(question)
    require(may_pin(actor, question, everywhere=question.is_pinned_everywhere))
    if question.pinned_until is None:
        return
    before = question.pinned_until.isoformat()
    question.pinned_until, question.pinned_everywhere = None, False
    record(actor.id, "unpin", f"posts:{question.id}", before=before)
    emit(QuestionPinned(question_id=question.id, actor_id=actor.id))
