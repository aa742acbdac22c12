"""Everything a member wrote and was told, for taking along (GDPR, Article 20)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core.db import db
from community.members.models import Member
from community.moderation.models.measures import Measure
from community.posts.models import Post


def of_member(member: Member) -> dict[str, Any]:
    """Return the account, the posts and the measures of a member as plain values."""
    posts = select(Post.id, Post.kind, Post.created_at, Post.edited_at, Post.score, Post.body)
    mine = posts.where(Post.author_id == member.id).order_by(Post.id)
    told = select(Measure.id, Measure.act, Measure.taken_at, Measure.ends_at, Measure.statement)
    measures = told.where(Measure.member_id == member.id).order_by(Measure.id)
    account = ("name", "handle", "email", "language", "time_zone", "about", "website", "joined_at")
    return {
        "account": {name: _plain(getattr(member, name)) for name in account},
        "posts": _rows(mine),
        "measures": _rows(measures),
    }


def _rows(wanted: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    rows = db.session.execute(wanted).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if hasattr(value, "isoformat") else value
