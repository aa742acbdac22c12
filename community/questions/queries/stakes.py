"""What a reader has to do with a question: read in one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, String, bindparam, cast, exists, func, select

from community.core import looking
from community.core.db import connection, db
from community.members.models import Actor
from community.questions.models import Draft, Follow, MeToo, Question
from community.questions.queries import statements
from community.thanks.models import Thank
from community.votes import queries as vote_queries


@dataclass(frozen=True)
class Stake:
    """What the viewer has to do with a question."""

    has_too: bool = False
    follows: bool = False
    draft: str | None = None
    # The answers that the viewer said thank you for.
    thanked: frozenset[int] = frozenset()
    # How the viewer voted in the thread: numbers of posts, each with +1 or -1.
    votes: frozenset[tuple[int, int]] = frozenset()

    @property
    def draft_fields(self) -> dict[str, str]:
        """Return what the viewer is writing and has not sent, field by field."""
        return json.loads(self.draft) if self.draft else {}


def stake_of(question: Question, viewer: Actor) -> Stake:
    """Return what the viewer has to do with a question and the answers to it."""
    if viewer.id is None:
        return Stake()
    place = f"answer:{question.id}"
    about = {"reader": viewer.id, "question": question.id, "place": place}
    row = connection().execute(_stake_of_reader(), about).one()
    return Stake(
        row.has_too,
        row.follows,
        None if looking.is_on() else row.draft,
        _numbers(row.thanked),
        frozenset(vote_queries.values_in(row.votes).items()),
    )


@cache
def _stake_of_reader() -> Select[Any]:
    """Return the statement, put together once."""
    reader: BindParameter[int] = bindparam("reader")
    question: BindParameter[int] = bindparam("question")
    too, follow, draft, thank = (each.__table__.c for each in (MeToo, Follow, Draft, Thank))
    kept = select(draft.fields).where(draft.member_id == reader, draft.place == bindparam("place"))
    thanked = select(func.aggregate_strings(cast(thank.post_id, String), ",")).where(
        thank.member_id == reader, thank.post_id.in_(statements.replies())
    )
    votes = vote_queries.told_among(reader, statements.of_thread())
    return select(
        exists().where(too.member_id == reader, too.question_id == question).label("has_too"),
        exists().where(follow.member_id == reader, follow.question_id == question).label("follows"),
        kept.scalar_subquery().label("draft"),
        thanked.scalar_subquery().label("thanked"),
        votes.label("votes"),
    )


def _numbers(joined: str | None) -> frozenset[int]:
    """Return the numbers in "7,12"; none in nothing."""
    return frozenset(int(each) for each in joined.split(",")) if joined else frozenset()


def me_toos_of(member_id: int) -> list[int]:
    """Return the numbers of what a member said to have, too."""
    mine = select(MeToo.id).where(MeToo.member_id == member_id)
    return list(db.session.scalars(mine.order_by(MeToo.id)))
