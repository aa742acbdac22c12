"""Answers and comments, each with its question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from community.imports.readers.records import Answer, Comment
from community.imports.writers.arrivals import Arrival, fresh, leave_out
from community.imports.writers.forum import ANSWERS, COMMENTS, QUESTIONS, Forum, Ref, posts
from community.imports.writers.people import authors
from community.imports.writers.rows import note_hidden, post_row


def keep_answers(forum: Forum, arrivals: Sequence[Arrival[Answer]]) -> None:
    """Put the answers below their questions."""
    new = fresh(forum, ANSWERS, arrivals)
    questions = forum.known([QUESTIONS], (each.record.question_id for each in new))
    kept = [each for each in new if each.record.question_id in questions]
    for _ in range(len(new) - len(kept)):
        leave_out(forum, ANSWERS, "its question is not in the files")
    writers = authors(forum, ANSWERS, [each.record.author for each in kept])
    rows = [
        {
            **post_row(forum, ANSWERS, each.text, hidden=each.record.is_spam),
            "kind": "answer",
            "author_id": author,
            "created_at": each.record.answered_at,
            "edited_at": each.record.edited_at,
            "question_id": questions[each.record.question_id].id,
            "product_id": questions[each.record.question_id].product_id,
            "asks_for_info": False,
            "is_partial": False,
        }
        for each, author in zip(kept, writers, strict=True)
    ]
    _put_online(forum, ANSWERS, kept, rows)


def keep_comments(forum: Forum, arrivals: Sequence[Arrival[Comment]]) -> None:
    """Put the comments below what they are about. Their score is a number without votes."""
    new = fresh(forum, COMMENTS, arrivals)
    parents = forum.known([QUESTIONS, ANSWERS], (each.record.post_id for each in new))
    kept = [each for each in new if each.record.post_id in parents]
    for _ in range(len(new) - len(kept)):
        leave_out(forum, COMMENTS, "on a post that is not in the files or does not come in")
    writers = authors(forum, COMMENTS, [each.record.author for each in kept])
    rows = [
        {
            **post_row(forum, COMMENTS, each.text, hidden=False),
            "kind": "comment",
            "author_id": author,
            "created_at": each.record.written_at,
            "score": each.record.score,
            "question_id": parents[each.record.post_id].question_id,
            "product_id": parents[each.record.post_id].product_id,
            "parent_id": parents[each.record.post_id].id,
            "asks_for_info": False,
        }
        for each, author in zip(kept, writers, strict=True)
    ]
    _put_online(forum, COMMENTS, kept, rows)


def _put_online(
    forum: Forum,
    kind: str,
    kept: Sequence[Arrival[Any]],
    rows: Sequence[dict[str, Any]],
) -> None:
    ids = forum.insert(posts, rows)
    note_hidden(forum, ids, rows)
    forum.remember(
        kind,
        {
            each.key: Ref(id_, row["author_id"], row["question_id"], row["product_id"])
            for each, id_, row in zip(kept, ids, rows, strict=True)
        },
    )
    forum.report.came[kind] += len(kept)
