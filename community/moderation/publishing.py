"""What publishing a post means that had to wait: the content above says it for each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from community.posts.models import Post


class Approval(NamedTuple):
    """A post that may be seen now. was_public: it was seen before an edit of it was held."""

    post: Post
    was_public: bool


Publisher = Callable[[Approval], None]
_publishers: dict[str, Publisher] = {}


def publishes(kind: str) -> Callable[[Publisher], Publisher]:
    """Register how a post of this kind is published that had to wait, in the same transaction."""

    def register(publisher: Publisher) -> Publisher:
        _publishers[kind] = publisher
        return publisher

    return register


def publish(approval: Approval) -> None:
    """Let the content do all that it does when somebody posts."""
    if approval.post.kind in _publishers:
        _publishers[approval.post.kind](approval)
