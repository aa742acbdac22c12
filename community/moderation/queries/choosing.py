"""Choosing many posts by what they have in common, and saying what will happen to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from community.core.db import db
from community.members.models import Member
from community.moderation.models.checks import HostTrace
from community.moderation.models.items import Item
from community.posts.models import Post
from community.posts.places import Place, places_of

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for; days are those of the zone."""

    author: str = ""
    product_id: int = 0
    kind: str = ""
    since: date | None = None
    until: date | None = None
    host: str = ""
    text: str = ""
    zone: str = "UTC"


@dataclass(frozen=True, kw_only=True)
class Found:
    """The posts that were found, the latest first: 500 at most, and how many there are."""

    posts: Sequence[Post]
    total: int
    places: Mapping[int, Place]


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What will happen: how many posts of which kind, of how many people."""

    posts: Sequence[Post]
    kinds: Mapping[str, int]
    authors: int
    public: int
    of_staff: int
    places: Mapping[int, Place]


def found(search: Search) -> Found:
    """Return the posts that match everything that is looked for."""
    matching = select(Post).where(Post.deleted_at.is_(None), *_conditions(search))
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    loaded = matching.options(joinedload(Post.author)).order_by(Post.id.desc()).limit(MOST)
    posts = db.session.scalars(loaded).all()
    return Found(posts=posts, total=total, places=places_of(post.id for post in posts))


def _conditions(search: Search) -> list[Any]:
    conditions: list[Any] = []
    if search.author:
        named = select(Member.id).where(Member.handle == search.author)
        conditions.append(Post.author_id == named.scalar_subquery())
    if search.product_id:
        conditions.append(Post.product_id == search.product_id)
    if search.kind:
        conditions.append(Post.kind == search.kind)
    conditions += _between(search)
    if search.host:
        leads = HostTrace.host.endswith(f".{search.host}", autoescape=True)
        traces = select(HostTrace.post_id).where(or_(HostTrace.host == search.host, leads))
        conditions.append(Post.id.in_(traces))
    if search.text:
        conditions.append(Post.body.icontains(search.text, autoescape=True))
    return conditions


def _between(search: Search) -> Iterator[Any]:
    if search.since:
        yield Post.created_at >= _midnight(search.since, search.zone)
    if search.until:
        until = search.until + timedelta(days=1)
        yield Post.created_at < _midnight(until, search.zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time_of_day(), ZoneInfo(zone))


def forecast(post_ids: Collection[int]) -> Forecast:
    """Say what a measure on all of these posts would reach."""
    rows = select(Post).where(Post.id.in_(post_ids)).options(joinedload(Post.author))
    posts = db.session.scalars(rows.order_by(Post.id.desc())).all()
    return Forecast(
        posts=posts,
        kinds=Counter(post.kind for post in posts),
        authors=len({post.author_id for post in posts}),
        public=sum(post.is_visible for post in posts),
        of_staff=sum(post.author.is_staff or post.author.is_moderator for post in posts),
        places=places_of(post.id for post in posts),
    )


def posts_of_items(item_ids: Collection[int]) -> list[int]:
    """Return the posts that items of the queue are about."""
    rows = select(Item.post_id).where(Item.id.in_(item_ids), Item.post_id.is_not(None))
    return list(dict.fromkeys(db.session.scalars(rows)))
