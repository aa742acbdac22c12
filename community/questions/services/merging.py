"""Letting questions follow when two topics or two tags become one."""

from __future__ import annotations

from sqlalchemy import delete, exists, select, update

from community.core.db import db, transaction
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.policy import unguarded
from community.products.models import Tag
from community.questions.models import Question, taggings
from community.questions.queries import documents
from community.questions.services.asking import recount_tags
from community.search import services as search_services

# Beyond this, building the search index anew is less work than noting every change.
MOST_NOTED = 500


@transaction
@unguarded("part of merging topics, which is guarded")
def move_topic(topic_id: int, into_id: int) -> None:
    """Put the questions of a topic under another one."""
    mine = select(Question.id).where(Question.topic_id == topic_id)
    moved = list(db.session.scalars(mine))
    rows = update(Question).where(Question.topic_id == topic_id).values(topic_id=into_id)
    db.session.execute(rows.execution_options(synchronize_session=False))
    _tell_search(moved)


@transaction
@unguarded("part of merging tags, which is guarded")
def carry_other_tag(tag_id: int, into_id: int) -> None:
    """Let what carries a tag carry another one, once."""
    carried = _carrying(tag_id)
    other = taggings.alias()
    has_both = exists().where(
        other.c.question_id == taggings.c.question_id, other.c.tag_id == into_id
    )
    db.session.execute(delete(taggings).where(taggings.c.tag_id == tag_id, has_both))
    rows = update(taggings).where(taggings.c.tag_id == tag_id)
    db.session.execute(rows.values(tag_id=into_id))
    recount_tags(db.session.scalars(select(Tag).where(Tag.id == into_id)).all())
    _tell_search(carried)


@transaction
@unguarded("part of renaming a tag, which is guarded")
def learn_tag(tag_id: int) -> None:
    """Let the search know the new word of a tag."""
    _tell_search(_carrying(tag_id))


@transaction
@unguarded("part of dropping a tag, which is guarded; changes nothing")
def check_nothing_carries(tag_id: int) -> None:
    """Raise Conflict where a question that is not public carries a tag: it may come back."""
    if _carrying(tag_id):
        raise Conflict(_l("A question that is not public carries this tag. Merge it instead."))


def _carrying(tag_id: int) -> list[int]:
    return list(
        db.session.scalars(select(taggings.c.question_id).where(taggings.c.tag_id == tag_id))
    )


def _tell_search(question_ids: list[int]) -> None:
    if len(question_ids) > MOST_NOTED:
        search_services.ask_for_rebuild()
        return
    for number in question_ids:
        search_services.note_change(documents.key_of(number))
