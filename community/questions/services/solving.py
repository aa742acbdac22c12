"""Marking the solution and the official answer. They are two things and may both exist."""

from __future__ import annotations

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, transaction
from community.core.errors import Conflict
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts.texts import Text
from community.questions import queries
from community.questions.events import (
    AnswerAccepted,
    AnswerMadeOfficial,
    OfficialTakenBack,
    SolutionTakenBack,
)
from community.questions.models import Answer, Question
from community.questions.policies import may_make_official, may_solve
from community.questions.services.answering import ReplyDraft, comment
from community.questions.threads import content_changed, settle


@transaction
def accept(actor: Member, question: Question, answer: Answer) -> None:
    """Mark an answer as the solution. Marking another one moves the mark.

    Raises Conflict for an answer that is gone or belongs to another question.
    """
    lock(question)
    require(may_solve(actor, question))
    if answer.question_id != question.id or not lock(answer).is_visible:
        raise Conflict(_l("This answer cannot be the solution: it is no longer here."))
    if question.solution_id == answer.id:
        return
    if question.solution_id is not None:
        _tell_of_taking_back(actor, question)
    question.solution_id, question.solved_at, question.solved_by_id = answer.id, now(), actor.id
    question.asker_spoke_at = None
    if actor.id != question.author_id:
        record(actor.id, "accept", f"posts:{answer.id}")
    content_changed(question)
    settle(question)
    emit(
        AnswerAccepted(
            question_id=question.id,
            answer_id=answer.id,
            author_id=answer.author_id,
            actor_id=actor.id,
        )
    )


@transaction
def take_back_solution(
    actor: Member, question: Question, solution: Answer, reason: Text | None = None
) -> None:
    """Say that it is not solved after all; a reason becomes a comment on the answer."""
    lock(question)
    require(may_solve(actor, question))
    if question.solution_id != solution.id:
        return
    _tell_of_taking_back(actor, question)
    question.solution_id, question.solved_at, question.solved_by_id = None, None, None
    question.asker_spoke_at = now()
    if reason is not None:
        comment(actor, question, solution, ReplyDraft(text=reason))
    if actor.id != question.author_id:
        record(actor.id, "take-back-solution", f"posts:{solution.id}")
    content_changed(question)
    settle(question)


def _tell_of_taking_back(actor: Member, question: Question) -> None:
    assert question.solution_id is not None
    emit(
        SolutionTakenBack(
            question_id=question.id,
            answer_id=question.solution_id,
            author_id=question.author_id,
            actor_id=actor.id,
        )
    )


@transaction
def make_official(actor: Member, answer: Answer) -> None:
    """Make an answer the word of the company."""
    question = lock(queries.question_of(answer))
    require(may_make_official(actor, lock(answer)))
    if answer.is_official:
        return
    answer.official_at, answer.official_by_id = now(), actor.id
    record(actor.id, "make-official", f"posts:{answer.id}")
    content_changed(question)
    settle(question)
    emit(
        AnswerMadeOfficial(
            question_id=answer.question_id,
            answer_id=answer.id,
            author_id=answer.author_id,
            actor_id=actor.id,
        )
    )


@transaction
def take_back_official(actor: Member, answer: Answer) -> None:
    """Let an answer be one among others again."""
    question = lock(queries.question_of(answer))
    require(may_make_official(actor, lock(answer)))
    if not answer.is_official:
        return
    answer.official_at, answer.official_by_id = None, None
    record(actor.id, "take-back-official", f"posts:{answer.id}")
    content_changed(question)
    settle(question)
    emit(OfficialTakenBack(question_id=answer.question_id, answer_id=answer.id, actor_id=actor.id))
