"""What members must have read and done at the least, going by what they wrote before an import.

Nobody measured their reading. But who wrote on a day was here that day, who wrote in a thread had
opened it and read its answers, and a post takes a minute to write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from sqlalchemy import Table, func, select

from community.core.db import db
from community.members.models import Member
from community.questions.models import Question
from community.reputation.bars import Progress
from community.reputation.queries import progress


def of_members(member_ids: Collection[int]) -> dict[int, Progress]:
    """Return what history proves of members, in eight statements for all of them."""
    done = progress.altogether(member_ids)
    posts: Table = Question.__table__  # type: ignore[assignment]  # The one table of all posts.
    thread = posts.alias("thread")
    of_thread = func.coalesce(posts.c.question_id, posts.c.id)
    public = (posts.c.deleted_at.is_(None), posts.c.hidden_at.is_(None))
    mine = select(posts.c.author_id).where(posts.c.author_id.in_(member_ids), *public)
    counts = mine.add_columns(
        func.count(func.distinct(func.date(posts.c.created_at))), func.count()
    )
    for member_id, days, written in db.session.execute(counts.group_by(posts.c.author_id)):
        done[member_id] = replace(done[member_id], days_visited=days, minutes=written)
    threads = mine.add_columns(of_thread.label("thread_id")).distinct().subquery()
    read = select(threads.c.author_id, func.count(), func.sum(thread.c.answer_count + 1))
    read = read.join_from(threads, thread, thread.c.id == threads.c.thread_id)
    for member_id, opened, seen in db.session.execute(read.group_by(threads.c.author_id)):
        done[member_id] = replace(done[member_id], questions_opened=opened, posts_read=seen)
    solved = mine.add_columns(func.count()).where(posts.c.solution_id.is_not(None))
    for member_id, marked in db.session.execute(solved.group_by(posts.c.author_id)):
        done[member_id] = replace(done[member_id], feedback=done[member_id].feedback + marked)
    return done


def imported(source: str, size: int) -> Iterator[list[int]]:
    """Yield the numbers of the members that an import brought, some at a time."""
    last = 0
    while True:
        rows = select(Member.id).where(Member.imported_from == source, Member.id > last)
        ids = list(db.session.scalars(rows.order_by(Member.id).limit(size)))
        if not ids:
            return
        yield ids
        last = ids[-1]
