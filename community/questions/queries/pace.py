"""When a member wrote last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from community.core.db import db
from community.members.models import Member
from community.posts.models import Post, Revision
from community.questions.models import Question
from community.questions.queries import belongs_to


def last_post_at(member: Member) -> datetime | None:
    """Return when a member wrote last, whatever it was; None if never."""
    latest = select(func.max(Post.created_at)).where(
        Post.author_id == member.id, Post.kind.in_(("question", "answer", "comment"))
    )
    return db.session.scalar(latest)


def last_post_in(member: Member, question: Question) -> datetime | None:
    """Return when a member last wrote in a thread, deleted or not; None if never."""
    here = or_(belongs_to(question.id), Post.id == question.id)
    latest = select(func.max(Post.created_at)).where(Post.author_id == member.id, here)
    return db.session.scalar(latest)


def nth_last_post_at(member: Member, kind: str, number: int) -> datetime | None:
    """Return when a member wrote the nth of their last posts of a kind; None if there are fewer.

    Deleted ones count: who deletes does not write less.
    """
    mine = select(Post.created_at).where(Post.author_id == member.id, Post.kind == kind)
    ranked = mine.order_by(Post.created_at.desc(), Post.id.desc())
    return db.session.scalar(ranked.offset(max(number, 1) - 1).limit(1))


def nth_last_edit_at(member: Member, number: int) -> datetime | None:
    """Return when a member made the nth of their last edits; None if there are fewer.

    The first text of a post is no edit.
    """
    mine = select(Revision.created_at).where(Revision.editor_id == member.id, Revision.number > 1)
    ranked = mine.order_by(Revision.created_at.desc(), Revision.id.desc())
    return db.session.scalar(ranked.offset(max(number, 1) - 1).limit(1))
