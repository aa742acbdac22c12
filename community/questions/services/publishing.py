"""Publishing what had to wait for review: as if it were posted now."""

from __future__ import annotations

from community.core.clock import now
from community.core.db import db, lock, transaction
from community.core.policy import unguarded
from community.core.text import mentions_in
from community.members import queries as member_queries
from community.moderation.publishing import Approval
from community.questions import queries
from community.questions.models import Answer, Comment, Question
from community.questions.services.answering import tell_of_answer, tell_of_comment
from community.questions.services.asking import tell_of_question
from community.questions.services.editing import tell_of_edit
from community.questions.threads import settle


@transaction
@unguarded("part of the decision of a moderator, which has its policy")
def publish(approval: Approval) -> None:
    """Let a post begin now, and tell of it; one that was public before was only edited."""
    post = approval.post
    assert isinstance(post, Question | Answer | Comment)
    mentioned = [each.id for each in member_queries.by_handles(mentions_in(post.body))]
    if approval.was_public:
        tell_of_edit(post, post.author_id, mentioned)
        return
    post.created_at = now()
    db.session.flush()
    question = lock(queries.question_of(post))
    settle(question)
    question.content_changed_at = post.created_at
    if isinstance(post, Question):
        tell_of_question(post, mentioned)
    elif isinstance(post, Answer):
        tell_of_answer(post, mentioned)
    else:
        tell_of_comment(post, mentioned)
