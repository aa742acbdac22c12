"""Finding posts of any kind, their revisions and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.db import db, lock
from community.core.errors import NotFound, existing
from community.core.i18n import _l
from community.core.paging import DEEPEST, Page, count_of
from community.members.models import Member
from community.posts.models import Attachment, Post, Revision

MOST_OTHERS = 5  # posts that are looked at for a picture whose own post is gone


def revisions_of(post: Post) -> Sequence[Revision]:
    """Return every text the post has had, oldest first, with who wrote it."""
    mine = select(Revision).where(Revision.post_id == post.id)
    return db.session.scalars(
        mine.options(joinedload(Revision.editor)).order_by(Revision.number)
    ).all()


def with_author(post_id: int) -> Post | None:
    """Return a post of any kind with its author, whatever its visibility."""
    return db.session.scalar(
        select(Post).where(Post.id == post_id).options(joinedload(Post.author))
    )


def locked(post_id: int) -> Post:
    """Lock a post after what it hangs on, in the order of all who write. Raises NotFound."""
    post = _there(post_id)
    for above_id in post.hangs_on:
        lock(_there(above_id))
    return lock(post)


def _there(post_id: int) -> Post:
    return existing(db.session.get(Post, post_id), _l("This post does not exist."))


def picture(name: str) -> Attachment | None:
    """Return the upload with this name; avatars and logos are none."""
    return db.session.scalar(select(Attachment).where(Attachment.name == name))


def page_of_revisions(post: Post, number: int, size: int) -> Page[Revision]:
    """Return a page of the texts of a post, the latest first, each with who wrote it.

    One more than the page holds comes along, for the last one to be compared with. Raises
    NotFound past the end.
    """
    mine = select(Revision).where(Revision.post_id == post.id)
    total = count_of(mine, DEEPEST * size)
    if number > 1 and (number - 1) * size >= total:
        raise NotFound(_l("There is no such page."))
    latest = mine.options(joinedload(Revision.editor)).order_by(Revision.number.desc())
    rows = db.session.scalars(latest.limit(size + 1).offset((number - 1) * size)).all()
    return Page(items=rows, number=number, size=size, total=total)


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


class Uploads(NamedTuple):
    """How many pictures, and how many bytes they take."""

    pictures: int
    size: int


def uploads_since(member: Member, ago: timedelta) -> Uploads:
    """Return what a member uploaded in this time, posted or not."""
    mine = select(func.count(Attachment.id), func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.member_id == member.id, Attachment.uploaded_at > now() - ago
    )
    return Uploads(*db.session.execute(mine).one())


def unused_pictures(member: Member) -> Sequence[Attachment]:
    """Return what a member uploaded and no post shows yet, newest first."""
    mine = select(Attachment).where(Attachment.member_id == member.id, Attachment.post_id.is_(None))
    return db.session.scalars(mine.order_by(Attachment.id.desc())).all()


def posts_around(picture: Attachment) -> list[Post]:
    """Return the post that a picture belongs to, and those that this one hangs on.

    When that one is gone from view, another one of the same author that shows the picture too.
    """
    post = db.session.get(Post, picture.post_id) if picture.post_id else None
    if post is None:
        return []
    around = _with_those_above(post)
    if not all(each.is_visible for each in around):
        for other in _others_that_show(picture):
            elsewhere = _with_those_above(other)
            if all(each.is_visible for each in elsewhere):
                return elsewhere
    return around


def _with_those_above(post: Post) -> list[Post]:
    above = select(Post).where(Post.id.in_(post.hangs_on))
    return [post, *(db.session.scalars(above) if post.hangs_on else ())]


def _others_that_show(picture: Attachment) -> list[Post]:
    """Return other posts of who uploaded it that show it, the latest first."""
    theirs = select(Post).where(
        Post.author_id == picture.member_id,
        Post.id != picture.post_id,
        Post.deleted_at.is_(None),
        Post.hidden_at.is_(None),
        Post.body.contains(picture.name, autoescape=True),
    )
    return list(db.session.scalars(theirs.order_by(Post.id.desc()).limit(MOST_OTHERS)))


class Stale(NamedTuple):
    """A post whose HTML was made by older rules."""

    id: int
    version: int
    body: str


def rendered_before(version: int, after: int, limit: int) -> Sequence[Stale]:
    """Return the next posts after this number whose HTML older rules made."""
    old = select(Post.id, Post.version, Post.body).where(
        Post.render_version < version, Post.id > after
    )
    rows = db.session.execute(old.order_by(Post.id).limit(limit))
    return [Stale(*row) for row in rows]


def number_rendered_before(version: int) -> int:
    """Count the posts whose HTML older rules made."""
    old = select(func.count()).select_from(Post).where(Post.render_version < version)
    return db.session.scalar(old) or 0
