"""What measures do to posts. Only moderation's effects call this; a test proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.core.clock import now
from community.core.db import db, transaction
from community.core.events import emit
from community.core.policy import unguarded
from community.posts.events import PostHidden, PostRestored
from community.posts.models import HiddenAs, Post


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a post stands by all measures that are in force."""

    hidden_as: HiddenAs | None = None
    is_locked: bool = False
    is_demoted: bool = False
    slow_seconds: int | None = None
    slow_until: datetime | None = None


@transaction
@unguarded("called by measures of moderation only, which require their policy")
def stand(post: Post, standing: Standing) -> None:
    """Hide, lock, demote and slow down, or stop doing so; the moment of a change is kept."""
    was_hidden = post.hidden_at is not None
    post.hidden_as = standing.hidden_as
    post.hidden_at = (post.hidden_at or now()) if standing.hidden_as else None
    post.locked_at = (post.locked_at or now()) if standing.is_locked else None
    post.demoted_at = (post.demoted_at or now()) if standing.is_demoted else None
    post.slow_seconds, post.slow_until = standing.slow_seconds, standing.slow_until
    db.session.flush()
    if was_hidden != (post.hidden_at is not None):
        emit(PostRestored(post_id=post.id) if was_hidden else PostHidden(post_id=post.id))
