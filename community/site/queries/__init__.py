"""Looking over the whole forum: counts, and whether its parts work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import count

from sqlalchemy import ColumnElement, func, or_, select, text

from community.badges.models import Award
from community.core.clock import now
from community.core.db import Model, db
from community.core.job_rows import Job
from community.core.queues import queue
from community.members.confusables import skeleton_of
from community.members.handles import RESERVED, handle_from, with_number
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Tag
from community.questions.models import Answer, Comment, Question, taggings
from community.search.engine import NotBuilt, engine
from community.search.queries import number_of_pending
from community.votes.models import Vote

log = logging.getLogger(__name__)
# How members and posts of the sample community are marked.
SAMPLE = "sample"


def counts() -> dict[str, int]:
    """Return how many there are of everything; what was deleted or hidden is not counted."""
    stands = Question.merged_into_id.is_(None)
    return {
        "questions": _visible(Question, stands),
        "answers": _visible(Answer),
        "comments": _visible(Comment),
        "votes": _all(Vote),
        "members": _all(Member),
        "tags": _all(Tag),
        "badges": _all(Award),
        "solved": _visible(Question, stands, Question.solution_id.is_not(None)),
    }


def measures() -> list[tuple[str, str, float]]:
    """Return what a watching program draws: a name, its meaning, and how much it is now."""
    broken = what_is_broken()
    oldest = db.session.scalar(select(func.min(Job.due_at)).where(Job.parked_at.is_(None)))
    late = max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0
    parked = select(func.count()).select_from(Job).where(Job.parked_at.is_not(None))
    return [
        *((f"{part}_up", f"1 while the {part} can be used", part not in broken) for part in PARTS),
        *((name, f"How many {name} there are", number) for name, number in counts().items()),
        ("jobs_waiting", "Background jobs not done yet", _all(Job)),
        ("jobs_parked", "Background jobs given up", db.session.scalar(parked) or 0),
        ("jobs_late_seconds", "How long the oldest job is overdue", late),
        ("search_changes_waiting", "Changes the search does not know yet", number_of_pending()),
    ]


def _visible(kind: type[Question | Answer | Comment], *conditions: object) -> int:
    posts = select(func.count()).select_from(kind)
    there = posts.where(kind.deleted_at.is_(None), kind.hidden_at.is_(None), *conditions)  # type: ignore[arg-type]
    return db.session.scalar(there) or 0


def _all(table: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def free_handle(name: str) -> str:
    """Return a handle made of a name that nobody has, nor one that looks like it."""
    wanted = handle_from(name)
    for number in count(1):
        handle = wanted if number == 1 else with_number(wanted, number)
        skeleton = skeleton_of(handle)
        alike = select(Member.id).where(
            or_(Member.handle == handle, Member.handle_skeleton == skeleton)
        )
        if handle not in RESERVED and db.session.scalar(alike.limit(1)) is None:
            break
    return handle


def what_is_broken() -> dict[str, str]:
    """Return the parts that cannot be used, each with a word for whoever watches the forum.

    The details are in the log: they may name paths and hosts.
    """
    broken = {}
    for part, look in PARTS.items():
        try:
            look()
        except Exception as error:
            level = logging.INFO if isinstance(error, NotBuilt) else logging.WARNING
            log.log(level, "The %s cannot be used: %s", part, error)
            broken[part] = "cannot be used"
    return broken


def _ask_database() -> None:
    db.session.execute(text("SELECT 1"))


def _ask_queue() -> None:
    queue().pending_count()


def _ask_index() -> None:
    engine().check()


PARTS: dict[str, Callable[[], None]] = {
    "database": _ask_database,
    "queue": _ask_queue,
    "index": _ask_index,
}


def sample_members(but_for: Sequence[int] = ()) -> list[int]:
    """Return the invented members, but for those who wrote in these conversations."""
    wrote = select(Post.author_id).where(_thread_of_post().in_(but_for))
    invented = select(Member.id).where(Member.imported_from == SAMPLE, Member.id.not_in(wrote))
    return list(db.session.scalars(invented))


def sample_questions() -> tuple[list[int], list[int]]:
    """Return the sample's conversations: those of its own members alone, and the others."""
    invented = select(Member.id).where(Member.imported_from == SAMPLE)
    all_of_them = select(Question.id).where(Question.imported_from == SAMPLE)
    joined = select(_thread_of_post()).where(Post.author_id.not_in(invented))
    kept = list(db.session.scalars(all_of_them.where(Question.id.in_(joined))))
    gone = all_of_them.where(Question.id.not_in(kept))
    return list(db.session.scalars(gone)), kept


def sample_posts(questions: Sequence[int]) -> list[int]:
    """Return every post of these conversations."""
    return list(db.session.scalars(select(Post.id).where(_thread_of_post().in_(questions))))


def tags_only_on(questions: Sequence[int]) -> list[int]:
    """Return the tags that these questions carry and no others do."""
    theirs = taggings.c.question_id.in_(questions)
    elsewhere = select(taggings.c.tag_id).where(~theirs)
    only = select(taggings.c.tag_id).where(theirs, taggings.c.tag_id.not_in(elsewhere))
    return list(db.session.scalars(only.distinct()))


def titles(questions: Sequence[int]) -> list[str]:
    """Return the titles of these questions."""
    return list(db.session.scalars(select(Question.title).where(Question.id.in_(questions))))


def _thread_of_post() -> ColumnElement[int]:
    """Return the number of the question that a post belongs to; a question belongs to itself."""
    columns = Post.__table__.c
    return func.coalesce(columns.question_id, columns.id)
