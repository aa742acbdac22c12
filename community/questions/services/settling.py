"""What follows for a thread when a measure of moderation hides one of its posts, or ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from community.core.db import lock, transaction
from community.core.policy import unguarded
from community.questions import queries
from community.questions.models import Question
from community.questions.services.asking import recount_tags
from community.questions.threads import content_changed, note_change, settle


@transaction
@unguarded("part of measures of moderation, which require their policy")
def follow_measure(post_id: int, remembered: dict[str, Any]) -> dict[str, Any]:
    """Put counts, state and solution right after a post came into view or went out of it.

    Returns what had to go, such as the solution, which is put back by the same call when it is
    given.
    """
    post = queries.post_by_id(post_id)
    question = lock(queries.question_of(post))
    noted: dict[str, Any] = {}
    since = question.indexable_since
    if question.solution_id == post_id and not post.is_visible:
        noted = _take_solution(question)
    elif "solution_id" in remembered and post.is_visible and not question.is_solved:
        _put_solution_back(question, remembered)
    if post is question:
        recount_tags(queries.tags_of(question))
    content_changed(question)
    if question.merged_into_id is not None:
        note_change(question.merged_into_id)
    settle(question)
    if since and question.indexable_since is None:
        noted["indexable_since"] = since.isoformat()
    elif "indexable_since" in remembered and question.indexable_since:
        question.indexable_since = datetime.fromisoformat(remembered["indexable_since"])
    return noted


def _take_solution(question: Question) -> dict[str, Any]:
    noted = {
        "solution_id": question.solution_id,
        "solved_at": question.solved_at.isoformat() if question.solved_at else None,
        "solved_by_id": question.solved_by_id,
    }
    question.solution_id, question.solved_at, question.solved_by_id = None, None, None
    return noted


def _put_solution_back(question: Question, remembered: dict[str, Any]) -> None:
    solved_at = remembered["solved_at"]
    question.solution_id = remembered["solution_id"]
    question.solved_at = datetime.fromisoformat(solved_at) if solved_at else None
    question.solved_by_id = remembered["solved_by_id"]
