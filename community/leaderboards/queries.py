"""Working out who helped, and reading the boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, case, func, select
from sqlalchemy.orm import contains_eager

from community.core.clock import now
from community.core.db import db
from community.leaderboards.models import Place, Span
from community.members.models import Member, Role
from community.questions.models import Question

# What a board shows, and what each kind of help counts.
PLACES = 50
SOLUTION, HELPFUL = 3, 1
ALL_PRODUCTS = 0
LOOKS_BACK = {
    Span.WEEK: timedelta(days=7),
    Span.MONTH: timedelta(days=30),
    Span.QUARTER: timedelta(days=91),
    Span.ALL: None,
}
SHOWN = (
    Member.joins_leaderboards.is_(True),
    Member.deleted_at.is_(None),
    Member.suspended_at.is_(None),
)


@dataclass
class Help:
    """How a member helped others in a product: solutions, and other answers that helped."""

    solutions: int = 0
    helpful: int = 0

    @property
    def points(self) -> int:
        return SOLUTION * self.solutions + HELPFUL * self.helpful

    def __iadd__(self, other: Help) -> Help:
        self.solutions += other.solutions
        self.helpful += other.helpful
        return self


def board(span: Span, product_id: int) -> Sequence[Place]:
    """Return a board with its members, best first; who opted out a moment ago is gone already."""
    rows = (
        select(Place)
        .join(Place.member)
        .where(Place.span == span, Place.product_id == product_id, *SHOWN)
        .options(contains_eager(Place.member))
        .order_by(Place.points.desc(), Place.solutions.desc(), Place.member_id)
    )
    return db.session.scalars(rows).all()


def worked_out() -> list[dict[str, Any]]:
    """Return the rows of every board, as they are now: one statement for each span."""
    return [row for span in Span for row in _boards_of(span)]


def _boards_of(span: Span) -> Iterator[dict[str, Any]]:
    boards: dict[int, dict[int, Help]] = defaultdict(lambda: defaultdict(Help))
    for member_id, product_id, solutions, helpful in db.session.execute(_help_since(span)):
        for number in (ALL_PRODUCTS, product_id):
            boards[number][member_id] += Help(solutions, helpful)
    for number, members in boards.items():
        ranked = sorted(members.items(), key=lambda one: (-one[1].points, -one[1].solutions, one))
        for member_id, helped in ranked[:PLACES]:
            yield {
                "span": span,
                "product_id": number,
                "member_id": member_id,
                "points": helped.points,
                "solutions": helped.solutions,
                "helpful": helped.helpful,
            }


def _help_since(span: Span) -> Any:  # noqa: ANN401
    """Count public answers to questions of others that solved or helped, by author and product."""
    posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
    given, thread = posts.alias("given"), posts.alias("thread")
    solves = func.coalesce(thread.c.solution_id == given.c.id, False)
    helps = (given.c.score > 0) | (given.c.thank_count > 0)
    public = [
        each.c[name].is_(None) for each in (given, thread) for name in ("deleted_at", "hidden_at")
    ]
    rows = (
        select(
            given.c.author_id,
            thread.c.product_id,
            func.sum(case((solves, 1), else_=0)),
            func.sum(case((solves, 0), (helps, 1), else_=0)),
        )
        .join_from(given, thread, thread.c.id == given.c.question_id)
        .join(Member, Member.id == given.c.author_id)
        .where(given.c.kind == "answer", given.c.author_id != thread.c.author_id, *public, *SHOWN)
        .where(Member.staff_title == "", Member.role != Role.ADMIN, solves | helps)
        .group_by(given.c.author_id, thread.c.product_id)
    )
    back = LOOKS_BACK[span]
    return rows if back is None else rows.where(given.c.created_at >= now() - back)
