"""Letting questions follow the product or topic that an admin put elsewhere, some at a time."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select, update

from community.core.db import FOR_CHANGING, db, transaction
from community.core.events import emit
from community.core.jobs import enqueue
from community.core.policy import unguarded
from community.moderation.services import queueing
from community.posts.models import Post
from community.products.services import joining
from community.questions.events import QuestionsFollowed
from community.questions.models import Question
from community.questions.queries import documents, placing
from community.search import services as search_services


@transaction
@unguarded("follows from what an admin decided about a product or a topic")
def put_in_place(number: int) -> int:
    """Put so many questions, and what hangs on them, where their product or topic went.

    Returns how many; once none is left, merged products let go of what they kept. Twice is once.
    """
    found = placing.out_of_place(number)
    if not found:
        joining.finish()
        return 0
    rows = select(Question.id).where(Question.id.in_(found)).order_by(Question.id)
    db.session.execute(rows.with_for_update(**FOR_CHANGING))
    shelves: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for question_id, product_id, topic_id in placing.homes_of(found):
        shelves[product_id, topic_id].append(question_id)
    for (product_id, topic_id), questions in shelves.items():
        put(questions, product_id, topic_id)
    for each in found:
        search_services.note_change(documents.key_of(each))
    emit(QuestionsFollowed(question_ids=list(found)))
    return len(found)


@transaction
@unguarded("the worker's own order of work")
def go_on(delay: float = 0) -> None:
    """Look for more questions to put in place later; after a delay, for the last time."""
    is_last = bool(delay)
    key = f"questions.place:{is_last}"
    enqueue("questions.put_in_place", key=key, delay=delay, is_last=is_last)


@transaction
@unguarded("part of putting questions elsewhere, which is guarded")
def put(questions: list[int], product_id: int, topic_id: int | None) -> None:
    """Write where questions belong, and with them their answers, comments and reviews."""
    posts = Question.__table__
    here = update(Question).where(posts.c.id.in_(questions))
    there = {"product_id": product_id, "topic_id": topic_id}
    db.session.execute(here.values(there).execution_options(synchronize_session=False))
    hanging = posts.c.question_id.in_(questions)
    replies = update(Post).where(hanging).values(product_id=product_id)
    db.session.execute(replies.execution_options(synchronize_session=False))
    thread = select(posts.c.id).where(hanging | posts.c.id.in_(questions))
    queueing.follow_posts(list(db.session.scalars(thread)), product_id)
