"""Finding thank-yous."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from community.core.db import db
from community.members.models import Actor, Member
from community.posts.models import Post
from community.thanks.models import Thank


def of(actor: Actor, post: Post) -> Thank | None:
    """Return the thank-you of a member for a post, if there is one."""
    return between(actor.id, post.id) if actor.id is not None else None


def between(member_id: int, post_id: int) -> Thank | None:
    """Return the thank-you of a member for a post by their numbers, if it still stands."""
    mine = select(Thank).where(Thank.member_id == member_id, Thank.post_id == post_id)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def said_since(member: Member, since: datetime) -> int:
    """Count how often a member has said thank you since a moment."""
    mine = select(func.count()).where(Thank.member_id == member.id, Thank.said_at > since)
    return db.session.scalar(mine) or 0


def said_by(member_id: int) -> list[int]:
    """Return the numbers of a member's thank-yous."""
    mine = select(Thank.id).where(Thank.member_id == member_id)
    return list(db.session.scalars(mine.order_by(Thank.id)))
