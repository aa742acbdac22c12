"""Asking: a question, an idea, a complaint, praise or an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from community.core.clock import now
from community.core.db import FOR_CHANGING, db, transaction
from community.core.events import emit
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation.submissions import Sending
from community.posts import services as post_services
from community.posts.texts import Text
from community.products import services as product_services
from community.products.models import Tag
from community.questions import queries
from community.questions.events import MembersMentioned, QuestionAsked
from community.questions.models import Question, QuestionKind
from community.questions.policies import may_ask
from community.questions.services import checking
from community.questions.services.following import follow
from community.questions.threads import note_change


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a member wrote, wherever it came from: a form, the API, an import."""

    title: str
    text: Text
    product_id: int
    topic_id: int | None = None
    tags: tuple[str, ...] = ()
    lang: str = "en"
    # How a member sent it; what programs bring along, such as an import, is not checked.
    sending: Sending | None = None
    purpose: QuestionKind = QuestionKind.QUESTION


@transaction
def ask(actor: Member, draft: Draft) -> Question:
    """Put a new question online in the actor's name, or let it wait. Its asker follows it.

    Raises Refused if a check of moderation refuses it.
    """
    require(may_ask(actor, draft.purpose))
    sent = checking.Sent("question", draft.text, draft.lang, draft.sending, draft.title)
    outcome = checking.examine(actor, sent)
    moment = now()
    question = Question(
        author_id=actor.id,
        created_at=moment,
        active_at=moment,
        content_changed_at=moment,
        indexable_since=moment if draft.purpose == QuestionKind.ANNOUNCEMENT else None,
        product_id=draft.product_id,
        topic_id=draft.topic_id,
        lang=draft.lang,
        purpose=draft.purpose,
    )
    question.set_title(draft.title)
    question.set_text(draft.text.source, draft.text.rendered)
    tags = product_services.tags_named((*draft.tags, *outcome.tags))
    question.tags = tags
    slugs = tuple(tag.slug for tag in tags)
    post_services.publish(actor, question, draft.text, draft.title, slugs)
    count_tags(tags, 1)
    follow(actor, question)
    if not checking.has_to_wait(actor, question, sent, outcome):
        tell_of_question(question, draft.text.mentioned)
    return question


@transaction
@unguarded("tells of a question that a guarded service has just published")
def tell_of_question(question: Question, mentioned: Sequence[int]) -> None:
    """Let the search and everybody who listens know of a new question."""
    note_change(question.id)
    emit(QuestionAsked(question_id=question.id, author_id=question.author_id))
    mention(question.id, question.id, mentioned)


@transaction
@unguarded("keeps a number in step with the questions that carry the tags")
def count_tags(tags: list[Tag], change: int) -> None:
    """Add to the number of questions that carry these tags."""
    if not tags:
        return
    # In the order of their numbers, so that two who count the same tags do not wait in a circle.
    these = select(Tag.id).where(Tag.id.in_([tag.id for tag in tags])).order_by(Tag.id)
    counted = update(Tag).where(Tag.id.in_(these.with_for_update(**FOR_CHANGING)))
    db.session.execute(counted.values(question_count=Tag.question_count + change))


@transaction
@unguarded("keeps a number in step with the questions that carry the tags")
def recount_tags(tags: Sequence[Tag]) -> None:
    """Count the public questions that carry these tags afresh."""
    if tags:
        recounted = update(Tag).where(Tag.id.in_([tag.id for tag in tags]))
        db.session.flush()
        db.session.execute(
            recounted.values(question_count=queries.number_tagged()),
            execution_options={"synchronize_session": False},
        )


@transaction
@unguarded("tells of a text that a guarded service has just saved")
def mention(question_id: int, post_id: int, mentioned: Sequence[int]) -> None:
    """Tell the members whom a text mentions."""
    if mentioned:
        ids = list(mentioned)
        emit(MembersMentioned(question_id=question_id, post_id=post_id, member_ids=ids))
