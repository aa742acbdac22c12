"""Questions: with tags, product, topic and language, closed or hidden where they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slugify import slugify
from sqlalchemy import Table, insert

from community.imports.readers.records import Question
from community.imports.writers.arrivals import Arrival, fresh
from community.imports.writers.forum import QUESTIONS, Forum, Ref, posts
from community.imports.writers.people import authors
from community.imports.writers.places import product_id, tag_id, topic_id
from community.imports.writers.rows import note_hidden, post_row, titled
from community.questions.models import SLUG_LENGTH, MeToo, QuestionKind, State, taggings

me_toos: Table = MeToo.__table__  # type: ignore[assignment]
LANGUAGES = ("en", "es")
OTHER_LANGUAGE = "other"


def keep_questions(forum: Forum, arrivals: Sequence[Arrival[Question]]) -> None:
    """Put the questions online; counts and states follow when everything is here."""
    new = fresh(forum, QUESTIONS, arrivals)
    writers = authors(forum, QUESTIONS, [each.record.author for each in new])
    rows = [_row(forum, each, author) for each, author in zip(new, writers, strict=True)]
    ids = forum.insert(posts, rows)
    refs = {
        each.key: Ref(id_, row["author_id"], id_, row["product_id"])
        for each, id_, row in zip(new, ids, rows, strict=True)
    }
    forum.remember(QUESTIONS, refs)
    note_hidden(forum, ids, rows)
    _tag(forum, new, ids)
    _count_me_toos(forum, new, ids)
    forum.report.came[QUESTIONS] += len(new)


def _row(forum: Forum, arrival: Arrival[Question], author: int) -> dict[str, Any]:
    question = arrival.record
    title, text = titled(forum, question.title, arrival.text)
    product = product_id(forum, question.product or forum.wishes.product)
    return {
        **post_row(forum, QUESTIONS, text, hidden=question.is_spam),
        "kind": "question",
        "author_id": author,
        "created_at": question.asked_at,
        "edited_at": question.edited_at,
        "title": title,
        "slug": slugify(title, max_length=SLUG_LENGTH, word_boundary=True) or "question",
        "purpose": QuestionKind.QUESTION,
        "lang": _language(forum, question.locale),
        "product_id": product,
        "topic_id": topic_id(forum, product, question.topic) if question.topic else None,
        "state": State.NEEDS_ATTENTION,
        "active_at": question.active_at or question.asked_at,
        "views": question.views,
        "answer_count": 0,
        "me_too_count": 0,
        "closed_at": _closed_at(forum, question),
    }


def _closed_at(forum: Forum, question: Question) -> datetime | None:
    """Return when the question was closed. Being archived for its age alone is no closing."""
    if question.closed_at is None and question.is_locked:
        forum.report.changed[QUESTIONS, "locked: closed for answers"] += 1
        return question.active_at or question.asked_at
    if question.closed_at is None and question.is_archived:
        if forum.wishes.close_archived:
            return question.active_at or question.asked_at
        forum.report.changed[QUESTIONS, "archived: open for answers again"] += 1
    return question.closed_at


def _language(forum: Forum, locale: str) -> str:
    """Reduce "es-ES" to "es"; a language that the forum does not speak is "other"."""
    if not locale:
        return forum.wishes.language
    language = locale.partition("-")[0].lower()
    return language if language in LANGUAGES else OTHER_LANGUAGE


def _tag(forum: Forum, new: Sequence[Arrival[Question]], ids: Sequence[int]) -> None:
    pairs = {
        (id_, tag_id(forum, name))
        for each, id_ in zip(new, ids, strict=True)
        for name in each.record.tags
    }
    rows = [{"question_id": question, "tag_id": tag} for question, tag in sorted(pairs)]
    forum.execute(insert(taggings), rows)


def _count_me_toos(forum: Forum, new: Sequence[Arrival[Question]], ids: Sequence[int]) -> None:
    rows = [
        {"member_id": None, "question_id": id_, "since": each.record.asked_at}
        for each, id_ in zip(new, ids, strict=True)
        for _ in range(each.record.me_too)
    ]
    forum.execute(insert(me_toos), rows)
    if rows:
        forum.report.came["me-toos"] += len(rows)
