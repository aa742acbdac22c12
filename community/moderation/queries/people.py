"""What is known of a member before something is decided about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.members.models import Member
from community.moderation.models.flags import Flag
from community.moderation.models.items import ItemState, StaffNote
from community.moderation.models.measures import Measure
from community.moderation.queries import flags as flag_queries
from community.moderation.queries import measures as measure_queries
from community.moderation.scoring import Accuracy
from community.posts.models import Post
from community.posts.places import Place, places_of

POSTS_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Posted:
    """How many posts of a member there are, and how many of them are out of the public eye."""

    altogether: int
    hidden: int
    deleted: int


@dataclass(frozen=True, kw_only=True)
class Reported:
    """How the flags on what a member wrote were judged."""

    pending: int
    agreed: int
    disagreed: int


@dataclass(frozen=True, kw_only=True)
class History:
    """A member's past: posts, measures, notes of the staff, flags on them and by them."""

    member: Member
    posted: Posted
    posts: Sequence[Post]
    places: Mapping[int, Place]
    measures: Sequence[Measure]
    notes: Sequence[StaffNote]
    reported: Reported
    accuracy: Accuracy


def history(member: Member) -> History:
    """Return what is known of a member, in eight statements, however much it is."""
    posts = _latest_posts(member)
    return History(
        member=member,
        posted=_posted(member),
        posts=posts,
        places=places_of(post.id for post in posts),
        measures=measure_queries.of_member(member.id),
        notes=notes_on(member),
        reported=_reported(member),
        accuracy=flag_queries.accuracies([member.id])[member.id],
    )


def notes_on(member: Member) -> Sequence[StaffNote]:
    """Return what moderators noted on a member, the latest first."""
    rows = select(StaffNote).where(StaffNote.member_id == member.id, StaffNote.deleted_at.is_(None))
    loaded = rows.options(joinedload(StaffNote.author))
    return db.session.scalars(loaded.order_by(StaffNote.id.desc())).all()


def _latest_posts(member: Member) -> Sequence[Post]:
    mine = select(Post).where(Post.author_id == member.id)
    return db.session.scalars(mine.order_by(Post.id.desc()).limit(POSTS_SHOWN)).all()


def _posted(member: Member) -> Posted:
    counts = select(
        func.count(Post.id), func.count(Post.hidden_at), func.count(Post.deleted_at)
    ).where(Post.author_id == member.id)
    altogether, hidden, deleted = db.session.execute(counts).one()
    return Posted(altogether=altogether, hidden=hidden, deleted=deleted)


def _reported(member: Member) -> Reported:
    def number(state: ItemState) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((Flag.state == state, 1), else_=0)), 0)

    counts = select(
        number(ItemState.PENDING), number(ItemState.AGREED), number(ItemState.DISAGREED)
    ).where(Flag.about_id == member.id)
    pending, agreed, disagreed = db.session.execute(counts).one()
    return Reported(pending=pending, agreed=agreed, disagreed=disagreed)
