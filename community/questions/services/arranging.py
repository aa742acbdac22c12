"""Putting questions of others in order: their tags, their place, and what was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.core.audit import record
from community.core.db import db, lock, stand_in_line, transaction
from community.core.errors import Conflict, Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts import services as post_services
from community.products import services as product_services
from community.products.models import Product, Topic
from community.questions import queries
from community.questions.events import KindChanged, PostEdited, QuestionMoved
from community.questions.models import Question, QuestionKind
from community.questions.policies import (
    may_change_kind,
    may_move,
    may_retag,
    may_suggest_duplicate,
    may_turn_down,
)
from community.questions.services import pacing, placing
from community.questions.services.asking import count_tags
from community.questions.threads import note_change, settle

SOLVED_BY_NOBODY = {QuestionKind.PRAISE, QuestionKind.ANNOUNCEMENT}


@dataclass(frozen=True)
class Shelf:
    """Where a question belongs."""

    product: Product
    topic: Topic | None = None


@transaction
def retag(
    actor: Member, question: Question, names: Sequence[str], version: int, reason: str = ""
) -> None:
    """Give a question other tags; the earlier ones stay in its history.

    Raises Conflict if somebody else changed the question since the actor began.
    """
    stand_in_line(actor)
    require(may_retag(actor, lock(question)))
    before, after = queries.tags_of(question), product_services.tags_named(names)
    if {tag.slug for tag in before} == {tag.slug for tag in after}:
        return
    if question.version != version:
        raise Conflict(_l("Somebody changed this question in the meantime. Please look again."))
    pacing.take_edit_turn(actor)
    count_tags([tag for tag in before if tag not in after], -1)
    count_tags([tag for tag in after if tag not in before], 1)
    queries.load_tags(question)
    question.tags = after
    slugs = tuple(tag.slug for tag in after)
    post_services.note_version(actor, question, title=question.title, tags=slugs, reason=reason)
    record(
        actor.id,
        "retag",
        f"posts:{question.id}",
        before=sorted(tag.slug for tag in before),
        after=sorted(slugs),
        reason=reason,
    )
    note_change(question.id)
    emit(PostEdited(question_id=question.id, post_id=question.id, editor_id=actor.id))


@transaction
def move(actor: Member, question: Question, shelf: Shelf, reason: str = "") -> None:
    """Put a question where it belongs, with all that hangs on it.

    Raises Invalid for a topic of another product.
    """
    require(may_move(actor, lock(question)))
    product, topic = shelf.product, shelf.topic
    if topic is not None and topic.product_id != product.id:
        raise Invalid(_l("This topic belongs to another product."), field="place")
    before = (question.product_id, question.topic_id)
    after = (product.id, topic.id if topic else None)
    if before == after:
        return
    question.product_id, question.topic_id = after
    db.session.flush()
    placing.put([question.id], *after)
    record(actor.id, "move", f"posts:{question.id}", before=before, after=after, reason=reason)
    note_change(question.id)
    emit(QuestionMoved(question_id=question.id, actor_id=actor.id))


@transaction
def change_kind(actor: Member, question: Question, kind: QuestionKind, reason: str = "") -> None:
    """Say that a thread is for something else, such as an idea. Twice is once.

    Raises Invalid where a solution would be left that nobody sees.
    """
    require(may_change_kind(actor, lock(question), kind))
    before = question.purpose
    if before == kind:
        return
    if kind in SOLVED_BY_NOBODY and question.is_solved:
        raise Invalid(_l("It has a solution. Take the mark away first."), field="purpose")
    question.purpose = kind
    record(
        actor.id,
        "change-kind",
        f"posts:{question.id}",
        before=before.value,
        after=kind.value,
        reason=reason,
    )
    settle(question)
    note_change(question.id)
    emit(KindChanged(question_id=question.id, actor_id=actor.id))


@transaction
def suggest_duplicate(actor: Member, question: Question, original: Question) -> None:
    """Suggest that a question was asked before; who may close it decides.

    Raises Invalid for a question of which this one cannot be a duplicate.
    """
    require(may_suggest_duplicate(actor, lock(question)))
    if original.duplicate_of_id is not None:
        original = queries.by_id(original.duplicate_of_id)
    if original.id == question.id:
        raise Invalid(_l("A question cannot be a duplicate of itself."), field="original")
    if original.merged_into_id is not None:
        original = queries.by_id(original.merged_into_id)
    if not original.is_visible:
        raise Invalid(_l("That question is not public."), field="original")
    if question.likely_original_id == original.id:
        return
    question.likely_original_id = original.id
    record(actor.id, "suggest-duplicate", f"posts:{question.id}", after=original.id)


@transaction
def turn_down(actor: Member, question: Question) -> None:
    """Say that a question was not asked before. Twice is once."""
    require(may_turn_down(actor, lock(question)))
    if question.likely_original_id is not None:
        before, question.likely_original_id = question.likely_original_id, None
        record(actor.id, "turn-down-duplicate", f"posts:{question.id}", before=before)
