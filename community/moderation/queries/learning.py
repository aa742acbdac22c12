"""What the spam filter learned, and what it can learn from."""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from community.core.db import db
from community.core.text import plain_text
from community.moderation.checks.texts import hosts_in
from community.moderation.models.checks import HostTrace
from community.moderation.models.learning import SpamLesson, SpamModel
from community.moderation.spam.features import circumstances_of
from community.moderation.spam.judging import Weights, unpacked
from community.posts.models import Post, Revision

log = logging.getLogger(__name__)
BATCH = 500
MOST_LESSONS = 20_000


class Known(NamedTuple):
    """What is in force: the weights, and from which score on the filter warns."""

    model_id: int
    weights: Weights
    threshold: float


class Counts(NamedTuple):
    """How many decisions there are of each kind."""

    spam: int
    good: int


_kept: Known | None = None
_lock = threading.Lock()


def weights() -> Known | None:
    """Return what was learned last; read once by each process. None if nothing was."""
    global _kept  # noqa: PLW0603
    newest = db.session.scalar(select(func.max(SpamModel.id)))
    if newest is None:
        return None
    kept = _kept
    if kept is not None and kept.model_id == newest:
        return kept
    model = db.session.get(SpamModel, newest)
    if model is None:
        return None
    try:
        known = Known(newest, unpacked(model.weights), model.threshold)
    except (ValueError, KeyError, zlib.error):
        # A filter that cannot be read says nothing; people go on posting.
        log.exception("The spam filter cannot be read")
        return None
    with _lock:
        _kept = known
    return known


def forget() -> None:
    """Read what was learned anew the next time."""
    global _kept  # noqa: PLW0603
    _kept = None


def latest_model() -> SpamModel | None:
    """Return the figures of what was learned last, without the weights."""
    newest = select(SpamModel).order_by(SpamModel.id.desc()).limit(1)
    return db.session.scalar(newest.options(defer(SpamModel.weights, raiseload=True)))


def earlier_models(limit: int = 14) -> Sequence[SpamModel]:
    """Return the figures of the last nights, the latest first."""
    latest = select(SpamModel).order_by(SpamModel.id.desc()).limit(limit)
    return db.session.scalars(latest.options(defer(SpamModel.weights, raiseload=True))).all()


def counts() -> Counts:
    """Return how many decisions there are to learn from."""
    by_kind = select(SpamLesson.is_spam, func.count()).group_by(SpamLesson.is_spam)
    found = {bool(kind): int(number) for kind, number in db.session.execute(by_kind)}
    return Counts(found.get(True, 0), found.get(False, 0))


def lessons(own_host: str) -> Iterator[dict[str, Any]]:
    """Yield what the filter learns from, as plain values: the latest decisions, in batches."""
    latest = select(SpamLesson.post_id).order_by(SpamLesson.id.desc()).limit(MOST_LESSONS)
    ids = list(db.session.scalars(latest))
    for start in range(0, len(ids), BATCH):
        yield from _batch(ids[start : start + BATCH], own_host)


def _batch(ids: list[int], own_host: str) -> Iterator[dict[str, Any]]:
    titles = _titles(ids)
    earlier = _earlier_posts(ids)
    old_sites = _sites_known_before(ids)
    taught = (
        select(Post.id, Post.kind, Post.author_id, Post.body, Post.body_html, SpamLesson.is_spam)
        .join(SpamLesson, SpamLesson.post_id == Post.id)
        .where(Post.id.in_(ids))
    )
    for post_id, kind, author, body, html, is_spam in db.session.execute(taught):
        hosts = hosts_in(html, body, own_host)
        yield {
            "title": titles.get(post_id, ""),
            "text": plain_text(html),
            "hosts": hosts,
            "circumstances": circumstances_of(
                is_reply=kind != "question",
                earlier_posts=earlier.get(post_id, 0),
                has_new_site=any((post_id, host) not in old_sites for host in hosts),
            ),
            "author": author,
            "is_spam": is_spam,
        }


def _titles(ids: list[int]) -> dict[int, str]:
    """Return the titles that posts had last, as their history tells."""
    told = select(Revision.post_id, Revision.title).where(Revision.post_id.in_(ids))
    return dict(iter(db.session.execute(told.order_by(Revision.number))))


def _earlier_posts(ids: list[int]) -> dict[int, int]:
    """Return how many posts that are public now each author had written before."""
    other = Post.__table__.alias()
    counted = (
        select(Post.id, func.count(other.c.id))
        .join(other, (other.c.author_id == Post.author_id) & (other.c.id < Post.id))
        .where(Post.id.in_(ids), other.c.deleted_at.is_(None), other.c.hidden_at.is_(None))
        .group_by(Post.id)
    )
    return dict(iter(db.session.execute(counted)))


def _sites_known_before(ids: list[int]) -> set[tuple[int, str]]:
    """Return which posts led to sites that an earlier post had led to."""
    mine, other = HostTrace.__table__, HostTrace.__table__.alias()
    known = (
        select(mine.c.post_id, mine.c.host)
        .join(other, (other.c.host == mine.c.host) & (other.c.post_id < mine.c.post_id))
        .where(mine.c.post_id.in_(ids))
        .distinct()
    )
    return {(int(post_id), str(host)) for post_id, host in db.session.execute(known)}
