"""What happens to posts of any kind."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PostHidden(Event):
    """A measure took a post out of the public eye."""

    post_id: int


@dataclass(frozen=True, kw_only=True)
class PostRestored(Event):
    """No measure keeps a post out of the public eye any more."""

    post_id: int
