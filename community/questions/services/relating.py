"""Noting which questions are about the same, to show them beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from community.core.db import db, transaction
from community.core.policy import unguarded
from community.questions.models import related_questions


@transaction
@unguarded("worked out from the texts; nobody acts")
def relate(found: Mapping[int, Sequence[int]]) -> None:
    """Keep, for each of these questions, its related ones, the closest first."""
    table = related_questions
    db.session.execute(delete(table).where(table.c.question_id.in_(list(found))))
    rows = [
        {"question_id": question_id, "related_id": related_id, "rank": rank}
        for question_id, related_ids in found.items()
        for rank, related_id in enumerate(related_ids)
    ]
    if rows:
        db.session.execute(insert(table), rows)
