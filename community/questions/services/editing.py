"""Editing, deleting and bringing back what was written."""

from __future__ import annotations

from collections.abc import Sequence

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, stand_in_line, transaction
from community.core.events import emit
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation.submissions import Sending
from community.posts import services as post_services
from community.posts.contents import check_contents
from community.posts.services import Edit
from community.products import services as product_services
from community.questions import queries
from community.questions.events import PostDeleted, PostEdited, PostUndeleted
from community.questions.languages import language_of
from community.questions.models import Answer, Comment, Question, State
from community.questions.policies import may_delete, may_edit, may_undelete
from community.questions.services import checking, pacing
from community.questions.services.asking import count_tags, mention
from community.questions.threads import content_changed, settle


@transaction
def edit(
    actor: Member,
    post: Question | Answer | Comment,
    change: Edit,
    sending: Sending | None = None,
) -> None:
    """Change what a post says; the earlier text stays in its history.

    A check may let the post wait with its new text, out of the public eye.

    An edit that changes nothing leaves no trace. Raises Conflict if somebody else changed it
    since the editor began, Invalid for more links, pictures or
    mentions than the editor may add, and TooMany over the limit of a day.
    """
    stand_in_line(actor)
    question = lock(queries.question_of(post))
    require(may_edit(actor, lock(post)))
    if post.version == change.version and _says_the_same(post, change):
        return
    pacing.take_edit_turn(actor)
    check_contents(actor, change.text.rendered.html, before=post.body_html)
    sent = checking.Sent(
        post.kind, change.text, question.lang, sending, change.title, post_id=post.id,
        before=post.body_html,
    )  # fmt: skip
    outcome = checking.examine(actor, sent)
    post_services.revise(actor, post, change)
    if isinstance(post, Question):
        _edit_head(post, change)
    else:
        post.lang = language_of(change.text.source, question.lang)
    if actor.id == post.author_id == question.author_id and question.state == State.NEEDS_INFO:
        question.asker_spoke_at = now()
        settle(question)
    if actor.id != post.author_id:
        record(actor.id, "edit", f"posts:{post.id}", reason=change.reason)
    if not checking.has_to_wait(actor, post, sent, outcome):
        tell_of_edit(post, actor.id, change.text.mentioned)


@transaction
@unguarded("tells of an edit that a guarded service has just made")
def tell_of_edit(
    post: Question | Answer | Comment, editor_id: int, mentioned: Sequence[int]
) -> None:
    """Let the search and everybody who listens know that a post says something else."""
    question = queries.question_of(post)
    content_changed(question)
    emit(PostEdited(question_id=question.id, post_id=post.id, editor_id=editor_id))
    mention(question.id, post.id, mentioned)


def _says_the_same(post: Question | Answer | Comment, change: Edit) -> bool:
    if post.body != change.text.source:
        return False
    if not isinstance(post, Question):
        return True
    tags = {tag.slug for tag in queries.tags_of(post)}
    return change.title in {"", post.title} and set(change.tags) == tags


def _edit_head(question: Question, change: Edit) -> None:
    """Change title and tags; the old address goes on working, for it leads by the number."""
    if change.title:
        question.set_title(change.title)
    before = queries.tags_of(question)
    after = product_services.tags_named(change.tags)
    count_tags([tag for tag in before if tag not in after], -1)
    count_tags([tag for tag in after if tag not in before], 1)
    queries.load_tags(question)
    question.tags = after


@transaction
def delete(actor: Member, post: Question | Answer | Comment) -> None:
    """Let authors take what they wrote off the forum; they can bring it back.

    Others take a measure of moderation instead, which gives the author its reasons.

    Raises Forbidden, too, for a question that others have answered.
    """
    question = lock(queries.question_of(post))
    require(may_delete(actor, lock(post), not queries.is_answered_by_others(post)))
    if post.deleted_at is not None:
        return
    was_visible = post.is_visible
    post.deleted_at, post.deleted_by_id = now(), actor.id
    if post.id == question.solution_id:
        question.solution_id, question.solved_at, question.solved_by_id = None, None, None
    if post is question and was_visible:
        count_tags(list(queries.tags_of(question)), -1)
    content_changed(question)
    settle(question)
    emit(PostDeleted(question_id=question.id, post_id=post.id, actor_id=actor.id))


@transaction
def undelete(actor: Member, post: Question | Answer | Comment) -> None:
    """Bring a deleted post back."""
    question = lock(queries.question_of(post))
    require(may_undelete(actor, lock(post)))
    if post.deleted_at is None:
        return
    post.deleted_at, post.deleted_by_id = None, None
    if post is question and post.is_visible:
        count_tags(list(queries.tags_of(question)), 1)
    if actor.id != post.author_id:
        record(actor.id, "undelete", f"posts:{post.id}")
    content_changed(question)
    settle(question)
    emit(PostUndeleted(question_id=question.id, post_id=post.id, actor_id=actor.id))
