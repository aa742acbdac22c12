"""What a profile tells machines beyond what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from community.core.db import db
from community.members.models import Member
from community.posts.models import Post
from community.questions.queries import is_public


@dataclass(frozen=True)
class Echo:
    """Votes up less votes down for what a member wrote in public, and when the last of it came."""

    likes: int
    wrote_last_at: datetime | None


def echo_of(member: Member) -> Echo:
    """Count what a member wrote in public, in one statement."""
    rows = select(func.coalesce(func.sum(Post.score), 0), func.max(Post.created_at))
    likes, last = db.session.execute(rows.where(Post.author_id == member.id, *is_public())).one()
    return Echo(int(likes), last)
