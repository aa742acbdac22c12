"""Finding posts of any kind, their revisions and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.posts.models import Attachment, Post, Revision


def revisions_of(post: Post) -> Sequence[Revision]:
    """Return every text the post has had, oldest first, with who wrote it."""
    mine = select(Revision).where(Revision.post_id == post.id)
    return db.session.scalars(
        mine.options(joinedload(Revision.editor)).order_by(Revision.number)
    ).all()


def pictures(names: Iterable[str]) -> Sequence[Attachment]:
    """Return the uploads with these names in one statement."""
    wanted = set(names)
    if not wanted:
        return []
    return db.session.scalars(select(Attachment).where(Attachment.name.in_(wanted))).all()


def attachments(ids: Iterable[int]) -> Sequence[Attachment]:
    """Return the uploads with these ids in one statement."""
    wanted = set(ids)
    if not wanted:
        return []
    return db.session.scalars(select(Attachment).where(Attachment.id.in_(wanted))).all()
