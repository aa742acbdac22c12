"""Answering, and commenting on questions and answers."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.db import lock, transaction
from community.core.events import emit
from community.core.policy import require
from community.members.models import Member
from community.posts import services as post_services
from community.posts.texts import Text
from community.questions.events import AnswerGiven, CommentMade
from community.questions.languages import language_of
from community.questions.models import Answer, Comment, Question
from community.questions.policies import may_answer, may_comment
from community.questions.services.asking import mention
from community.questions.services.following import follow
from community.questions.threads import content_changed, settle


@dataclass(frozen=True, kw_only=True)
class ReplyDraft:
    """What a member replies: the text, and what it means for the question."""

    text: Text
    is_partial: bool = False
    asks_for_info: bool = False


@transaction
def answer(actor: Member, question: Question, draft: ReplyDraft) -> Answer:
    """Answer an open question. Who answers follows it.

    Raises Forbidden if it was closed in the meantime.
    """
    lock(question)
    require(may_answer(actor, question))
    reply = Answer(
        author=actor,
        question_id=question.id,
        product_id=question.product_id,
        lang=language_of(draft.text.source, question.lang),
        is_partial=draft.is_partial,
        asks_for_info=draft.asks_for_info and actor.id != question.author_id,
    )
    post_services.publish(reply, draft.text)
    content_changed(question)
    settle(question)
    follow(actor, question)
    emit(AnswerGiven(question_id=question.id, answer_id=reply.id, author_id=actor.id))
    mention(question.id, reply.id, draft.text)
    return reply


@transaction
def comment(actor: Member, question: Question, on: Question | Answer, draft: ReplyDraft) -> Comment:
    """Remark on a question or on an answer to it."""
    lock(question)
    require(may_comment(actor, question) and may_comment(actor, lock(on)))
    remark = Comment(
        author=actor,
        question_id=question.id,
        product_id=question.product_id,
        parent_id=on.id,
        lang=language_of(draft.text.source, question.lang),
        asks_for_info=draft.asks_for_info and actor.id != question.author_id,
    )
    post_services.publish(remark, draft.text)
    content_changed(question)
    settle(question)
    emit(CommentMade(question_id=question.id, comment_id=remark.id, author_id=actor.id))
    mention(question.id, remark.id, draft.text)
    return remark
