"""When a member wrote last."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, or_, select

from community.core.db import connection, db
from community.members.models import Member
from community.posts.models import IS_EDIT, Post, Revision
from community.questions.models import Question
from community.questions.queries import belongs_to


class Written(NamedTuple):
    """When a member wrote last, whatever it was, and the nth of their last posts of a kind.

    Each is None if there is no such post.
    """

    last_at: datetime | None
    nth_last_at: datetime | None


def written(member: Member, kind: str, number: int) -> Written:
    """Return when a member wrote, in one statement.

    Deleted posts count: who deletes does not write less.
    """
    asked = {"author_id": member.id, "kind": kind, "before": max(number, 1) - 1}
    last_at, nth_last_at = connection().execute(_WRITTEN, asked).one()
    return Written(last_at, nth_last_at)


def _select_written() -> Select[Any]:
    posts = Post.__table__.c
    mine = posts.author_id == bindparam("author_id")
    kinds = posts.kind.in_(("question", "answer", "comment"))
    latest = select(func.max(posts.created_at)).where(mine, kinds).scalar_subquery()
    nth = select(posts.created_at).where(mine, posts.kind == bindparam("kind"))
    nth = nth.order_by(posts.created_at.desc(), posts.id.desc())
    return select(latest, nth.offset(bindparam("before")).limit(1).scalar_subquery())


# Put together once: that takes longer than the database needs to answer.
_WRITTEN = _select_written()


def last_post_in(member: Member, question: Question) -> datetime | None:
    """Return when a member last wrote in a thread, deleted or not; None if never."""
    here = or_(belongs_to(question.id), Post.id == question.id)
    latest = select(func.max(Post.created_at)).where(Post.author_id == member.id, here)
    return db.session.scalar(latest)


def nth_last_edit_at(member: Member, number: int) -> datetime | None:
    """Return when a member made the nth of their last edits; None if there are fewer.

    The first text of a post is no edit.
    """
    mine = select(Revision.created_at).where(Revision.editor_id == member.id, IS_EDIT)
    ranked = mine.order_by(Revision.created_at.desc(), Revision.id.desc())
    return db.session.scalar(ranked.offset(max(number, 1) - 1).limit(1))
