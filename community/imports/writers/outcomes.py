"""How questions ended: solved, closed, or asked before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update

from community.core.db import db
from community.imports.readers.records import Closing, Duplicate, Reason, Solution
from community.imports.writers.arrivals import Arrival, fresh, leave_out
from community.imports.writers.forum import ANSWERS, QUESTIONS, Forum, Ref, posts
from community.questions.models import CloseReason

REASONS = {
    Reason.DUPLICATE: CloseReason.DUPLICATE,
    Reason.OFF_TOPIC: CloseReason.OFF_TOPIC,
    Reason.OUTDATED: CloseReason.OUTDATED,
    Reason.ELSEWHERE: CloseReason.RESOLVED_ELSEWHERE,
}
_this = posts.c.id == bindparam("question")
SOLVE = (
    update(posts).where(_this).values(solution_id=bindparam("answer"), solved_at=bindparam("at"))
)
CLOSE_AS_DUPLICATE = (
    update(posts)
    .where(_this)
    .values(
        duplicate_of_id=bindparam("original"),
        close_reason=CloseReason.DUPLICATE,
        closed_at=func.coalesce(posts.c.closed_at, bindparam("at", type_=posts.c.closed_at.type),
                                posts.c.active_at),
    )
)  # fmt: skip
# What was opened again stays open, and a duplicate stays one.
EXPLAIN = (
    update(posts)
    .where(_this, posts.c.closed_at.is_not(None), posts.c.duplicate_of_id.is_(None))
    .values(close_reason=bindparam("reason", type_=posts.c.close_reason.type))
)


def keep_solutions(forum: Forum, arrivals: Sequence[Arrival[Solution]]) -> None:
    """Mark the answers that solved their questions."""
    new = fresh(forum, "solutions", arrivals)
    questions = forum.known([QUESTIONS], (each.record.question_id for each in new))
    answers = forum.known([ANSWERS], (each.record.answer_id for each in new))
    rows: list[dict[str, Any]] = []
    refs: dict[str, Ref] = {}
    for each in new:
        question = questions.get(each.record.question_id)
        answer = answers.get(each.record.answer_id)
        if question is None or answer is None or answer.question_id != question.id:
            leave_out(forum, "solutions", "its question or its answer is not in the files")
            continue
        at = each.record.marked_at
        rows.append({"question": question.id, "answer": answer.id, "at": at})
        refs[each.key] = question
    forum.execute(SOLVE, rows)
    forum.remember("solutions", refs)
    forum.report.came["solutions"] += len(rows)


def keep_duplicates(forum: Forum, arrivals: Sequence[Arrival[Duplicate]]) -> None:
    """Lead from the questions that were asked before to where they were answered."""
    new = fresh(forum, "duplicates", arrivals)
    ids = {old for each in new for old in (each.record.question_id, each.record.original_id)}
    questions = forum.known([QUESTIONS], ids)
    forum.leads |= _leads(ref.id for ref in questions.values())
    rows: list[dict[str, Any]] = []
    refs: dict[str, Ref] = {}
    for each in new:
        question = questions.get(each.record.question_id)
        original = questions.get(each.record.original_id)
        if question is None or original is None:
            leave_out(forum, "duplicates", "one of the two questions is not in the files")
        elif question.id in forum.leads:
            leave_out(forum, "duplicates", "its question leads to another one already")
        elif question == original or forum.leads.get(original.id) == question.id:
            leave_out(forum, "duplicates", "it would lead back to itself")
        else:
            at = each.record.linked_at
            rows.append({"question": question.id, "original": original.id, "at": at})
            forum.leads[question.id] = original.id
            refs[each.key] = question
    forum.execute(CLOSE_AS_DUPLICATE, rows)
    forum.remember("duplicates", refs)
    forum.report.came["duplicates"] += len(rows)


def _leads(question_ids: Iterable[int]) -> dict[int, int]:
    """Return where questions lead that are duplicates already."""
    leading = select(posts.c.id, posts.c.duplicate_of_id).where(
        posts.c.id.in_(list(question_ids)), posts.c.duplicate_of_id.is_not(None)
    )
    return dict(iter(db.session.execute(leading)))


def keep_closings(forum: Forum, arrivals: Sequence[Arrival[Closing]]) -> None:
    """Say why questions are closed, as long as they are."""
    new = fresh(forum, "closings", arrivals)
    questions = forum.known([QUESTIONS], (each.record.question_id for each in new))
    kept = [each for each in new if each.record.question_id in questions]
    for _ in range(len(new) - len(kept)):
        leave_out(forum, "closings", "its question is not in the files")
    rows = [
        {
            "question": questions[each.record.question_id].id,
            "reason": REASONS[each.record.reason],
        }
        for each in kept
    ]
    forum.execute(EXPLAIN, rows)
    forum.remember("closings", {each.key: questions[each.record.question_id] for each in kept})
    forum.report.came["closings"] += len(kept)
