"""What goes with a thread that becomes a part of another: who follows it, and what leads to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import db, insert_once, transaction, was_inserted
from community.core.policy import unguarded
from community.questions.models import Draft, Follow, MeToo, Question

Members = type[Follow] | type[MeToo]
NAMES: tuple[tuple[str, Members], ...] = (("follows", Follow), ("me_toos", MeToo))


@transaction
@unguarded("part of merging threads, which is guarded")
def gather(question: Question, into: Question) -> dict[str, Any]:
    """Let members, duplicates and unsent answers of a thread go to another; say what moved."""
    moved: dict[str, Any] = {name: _move_members(table, question, into) for name, table in NAMES}
    moved["uncounted"] = _move_uncounted(question.id, into.id)
    _count(question, into)
    _move_drafts(question, into)
    pointing = {
        "duplicates": Question.duplicate_of_id,
        "merged": Question.merged_into_id,
        "likely": Question.likely_original_id,
    }
    return moved | {name: _lead(column, question, into) for name, column in pointing.items()}


@transaction
@unguarded("part of parting threads, which is guarded")
def give_back(question: Question, into: Question, moved: dict[str, Any]) -> None:
    """Undo what `gather` did, as far as it still stands."""
    for name, table in NAMES:
        for member_id in moved[name]["were"]:
            db.session.execute(_row(table, member_id, question))
        came = table.member_id.in_(moved[name]["came"])
        db.session.execute(delete(table).where(table.question_id == into.id, came))
    uncounted = update(MeToo).where(MeToo.id.in_(moved["uncounted"]))
    _run(uncounted.values(question_id=question.id))
    _count(question, into)
    for name, column in (
        ("duplicates", Question.duplicate_of_id),
        ("merged", Question.merged_into_id),
        ("likely", Question.likely_original_id),
    ):
        still = (Question.id.in_(moved[name]), column == into.id)
        _run(update(Question).where(*still).values({column: question.id}))


def _move_members(table: Members, question: Question, into: Question) -> dict[str, list[int]]:
    """Let members follow, or have the problem of, the other one; its asker does anyway."""
    mine = select(table.member_id).where(table.question_id == question.id)
    were = list(db.session.scalars(mine.where(table.member_id.is_not(None))))
    come = [each for each in dict.fromkeys([*were, question.author_id]) if each is not None]
    came = [each for each in come if each != into.author_id and _added(table, each, into)]
    left = delete(table).where(table.question_id == question.id, table.member_id.is_not(None))
    db.session.execute(left)
    return {"were": [each for each in were if each is not None], "came": came}


def _added(table: Members, member_id: int, into: Question) -> bool:
    return was_inserted(_row(table, member_id, into))


def _row(table: Members, member_id: int, question: Question) -> Any:  # noqa: ANN401
    return insert_once(table, member_id=member_id, question_id=question.id, since=now())


def _move_uncounted(question_id: int, into_id: int) -> list[int]:
    """Move those of an import, of which nobody knows whose they are."""
    unknown = (MeToo.question_id == question_id, MeToo.member_id.is_(None))
    ids = list(db.session.scalars(select(MeToo.id).where(*unknown)))
    _run(update(MeToo).where(*unknown).values(question_id=into_id))
    return ids


def _count(*questions: Question) -> None:
    for question in questions:
        having = select(func.count()).where(MeToo.question_id == question.id)
        question.me_too_count = db.session.scalar(having) or 0
    db.session.flush()


def _move_drafts(question: Question, into: Question) -> None:
    """Let answers that are not sent yet stand at the other question, unless one stands there."""
    other = aliased(Draft)
    place = f"answer:{into.id}"
    taken = exists().where(other.place == place, other.member_id == Draft.member_id)
    unsent = update(Draft).where(Draft.place == f"answer:{question.id}", ~taken)
    _run(unsent.values(place=place))


def _lead(column: Any, question: Question, into: Question) -> list[int]:  # noqa: ANN401
    """Let what points to a question point to the other one; the other one to nothing."""
    ids = list(db.session.scalars(select(Question.id).where(column == question.id)))
    others = [each for each in ids if each != into.id]
    _run(update(Question).where(Question.id.in_(others)).values({column: into.id}))
    _run(
        update(Question).where(Question.id == into.id, column == question.id).values({column: None})
    )
    return others


def _run(change: Any) -> None:  # noqa: ANN401
    db.session.execute(change, execution_options={"synchronize_session": False})
