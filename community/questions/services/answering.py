"""Answering, and commenting on questions and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.core.clock import now
from community.core.db import lock, transaction
from community.core.events import emit
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation.submissions import Outcome, Sending
from community.posts import services as post_services
from community.posts.texts import Text
from community.questions.events import AnswerGiven, CommentMade
from community.questions.languages import language_of
from community.questions.models import Answer, Comment, Question
from community.questions.policies import may_answer, may_comment
from community.questions.services import checking, pacing
from community.questions.services.asking import mention
from community.questions.services.following import follow
from community.questions.threads import note_change, settle


@dataclass(frozen=True, kw_only=True)
class ReplyDraft:
    """What a member replies: the text, and what it means for the question."""

    text: Text
    is_partial: bool = False
    asks_for_info: bool = False
    # How a member sent it; what programs bring along, such as an import, is not checked.
    sending: Sending | None = None


@transaction
def answer(actor: Member, question: Question, draft: ReplyDraft) -> Answer:
    """Answer an open question, or let the answer wait. Who answers follows it.

    Raises Forbidden if it was closed in the meantime, Refused if a check refuses it, and TooMany
    where a measure slows the thread down.
    """
    lock(question)
    require(may_answer(actor, question))
    pacing.keep_slow(actor, question)
    sent = checking.Sent("answer", draft.text, question.lang, draft.sending)
    outcome = checking.examine(actor, sent)
    reply = Answer(
        author_id=actor.id,
        question_id=question.id,
        product_id=question.product_id,
        lang=language_of(draft.text.source, question.lang),
        is_partial=draft.is_partial,
        asks_for_info=draft.asks_for_info and actor.id != question.author_id,
        created_at=now(),
    )
    _join(question, reply, draft, outcome)
    post_services.publish(actor, reply, draft.text)
    follow(actor, question)
    if not checking.has_to_wait(actor, reply, sent, outcome):
        tell_of_answer(reply, draft.text.mentioned)
    return reply


def _join(question: Question, reply: Answer | Comment, draft: ReplyDraft, outcome: Outcome) -> None:
    """Let a new reply have its text and its part in the thread.

    What waits has no part yet; the measure that lets it wait settles that.
    """
    reply.set_text(draft.text.source, draft.text.rendered)
    if not outcome.holds:
        settle(question, reply)


@transaction
@unguarded("tells of an answer that a guarded service has just published")
def tell_of_answer(reply: Answer, mentioned: Sequence[int]) -> None:
    """Let the search and everybody who listens know of a new answer."""
    note_change(reply.question_id)
    emit(AnswerGiven(question_id=reply.question_id, answer_id=reply.id, author_id=reply.author_id))
    mention(reply.question_id, reply.id, mentioned)


@transaction
def comment(actor: Member, question: Question, on: Question | Answer, draft: ReplyDraft) -> Comment:
    """Remark on a question or on an answer to it, or let the remark wait.

    Raises Refused if a check of moderation refuses it, TooMany where a measure slows down.
    """
    lock(question)
    require(may_comment(actor, question) and may_comment(actor, lock(on)))
    pacing.keep_slow(actor, question)
    sent = checking.Sent("comment", draft.text, question.lang, draft.sending)
    outcome = checking.examine(actor, sent)
    remark = Comment(
        author_id=actor.id,
        question_id=question.id,
        product_id=question.product_id,
        parent_id=on.id,
        lang=language_of(draft.text.source, question.lang),
        asks_for_info=draft.asks_for_info and actor.id != question.author_id,
        created_at=now(),
    )
    _join(question, remark, draft, outcome)
    post_services.publish(actor, remark, draft.text)
    if not checking.has_to_wait(actor, remark, sent, outcome):
        tell_of_comment(remark, draft.text.mentioned)
    return remark


@transaction
@unguarded("tells of a comment that a guarded service has just published")
def tell_of_comment(remark: Comment, mentioned: Sequence[int]) -> None:
    """Let the search and everybody who listens know of a new comment."""
    note_change(remark.question_id)
    emit(
        CommentMade(
            question_id=remark.question_id, comment_id=remark.id, author_id=remark.author_id
        )
    )
    mention(remark.question_id, remark.id, mentioned)
