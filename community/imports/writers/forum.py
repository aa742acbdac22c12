"""This forum as the writers see it: what it knows of the old one, and where rows go.

In a rehearsal nothing is stored: new things get ids that no row has, and are only remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Executable, Table, func, insert, select

from community.core.clock import now
from community.core.db import db
from community.imports.models import OldId
from community.imports.report import Report
from community.questions.models import Question

MEMBERS, QUESTIONS, ANSWERS, COMMENTS = "members", "questions", "answers", "comments"
posts: Table = Question.__table__  # type: ignore[assignment]
old_ids: Table = OldId.__table__  # type: ignore[assignment]


class Ref(NamedTuple):
    """Where an old thing is now: its row, whose it is, its question and product."""

    id: int
    author_id: int = 0
    question_id: int = 0
    product_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the person who imports decided. Product and language: where the files name none."""

    product: str
    language: str
    close_archived: bool = False
    rehearsal: bool = False


class Forum:
    """The receiving side of one import."""

    def __init__(self, source: str, wishes: Wishes) -> None:
        self.source, self.wishes, self.now = source, wishes, now()
        self.rehearsal = wishes.rehearsal
        self.report = Report()
        # Which question is a duplicate of which, as far as this run has seen.
        self.leads: dict[int, int] = {}
        self._rehearsed: dict[tuple[str, str], Ref] = {}
        self._no_rows = count(start=-1, step=-1)
        self._named: dict[tuple[object, ...], int] = {}

    def known(self, kinds: Sequence[str], ids: Iterable[str]) -> dict[str, Ref]:
        """Return the things with these old ids that came in already."""
        wanted = set(ids)
        found = {
            each: self._rehearsed[kind, each]
            for kind in kinds
            for each in wanted
            if (kind, each) in self._rehearsed
        }
        for old_id, *where in db.session.execute(_lookup(self.source, kinds, wanted)):
            found[old_id] = Ref(*where)
        return found

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows and return their ids in the same order."""
        if self.rehearsal or not rows:
            return [next(self._no_rows) for _ in rows]
        added = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return list(db.session.scalars(added, list(rows)))

    def remember(self, kind: str, refs: Mapping[str, Ref]) -> None:
        """Note what the old things are now. In the same transaction as the things."""
        if self.rehearsal:
            self._rehearsed |= {(kind, old_id): ref for old_id, ref in refs.items()}
            return
        column = "member_id" if kind in {MEMBERS, "badges"} else "post_id"
        rows = [
            {"source": self.source, "kind": kind, "old_id": old_id, column: ref.id or None}
            for old_id, ref in refs.items()
        ]
        if rows:
            db.session.execute(insert(old_ids), rows)

    def execute(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change rows, many in one go."""
        if rows and not self.rehearsal:
            db.session.execute(
                statement, list(rows), execution_options={"synchronize_session": None}
            )

    def named(self, key: tuple[object, ...], find_or_make: Callable[[], int]) -> int:
        """Return the id of something that many rows share; find or make it only once."""
        if key not in self._named:
            self._named[key] = find_or_make()
        return self._named[key]


def _lookup(source: str, kinds: Sequence[str], wanted: set[str]) -> Executable:
    """Select the refs of old ids. What is no post has no author and no question."""
    return (
        select(
            old_ids.c.old_id,
            func.coalesce(old_ids.c.post_id, old_ids.c.member_id, 0),
            func.coalesce(posts.c.author_id, 0),
            func.coalesce(posts.c.question_id, posts.c.id, 0),
            posts.c.product_id,
        )
        .outerjoin(posts, posts.c.id == old_ids.c.post_id)
        .where(old_ids.c.source == source, old_ids.c.kind.in_(kinds), old_ids.c.old_id.in_(wanted))
    )
