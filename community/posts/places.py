"""Where a post stands: what abilities below need to know of threads that they know nothing of.

The content above registers how to find it; moderation and whoever else judges single posts asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from community.posts.models import Post


@dataclass(frozen=True, kw_only=True)
class Place:
    """The thread of a post: its first post, its title and language, its product, its address."""

    thread_id: int
    title: str
    lang: str
    product_id: int | None
    endpoint: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a post answers, and what came before and after it, the oldest first."""

    above: Sequence[Post]
    before: Sequence[Post]
    after: Sequence[Post]


Places = Callable[[list[int]], dict[int, Place]]
Neighbours = Callable[[int], Around]
# From an endpoint, its values and the fragment to the number of a post.
Finder = Callable[[str, Mapping[str, Any], str], int | None]
_told: dict[str, Callable[..., Any]] = {}


def tell_places(*, places: Places, around: Neighbours, find: Finder) -> None:
    """Register how the places of posts are found, each in a constant number of statements."""
    _told.update(places=places, around=around, find=find)


def places_of(post_ids: Iterable[int]) -> dict[int, Place]:
    """Return where many posts stand, whatever their visibility."""
    wanted = sorted(set(post_ids))
    found: dict[int, Place] = _told["places"](wanted) if wanted else {}
    return found


def around(post_id: int) -> Around:
    """Return what stands around a post, with authors, whatever its visibility."""
    found: Around = _told["around"](post_id)
    return found


def post_at(endpoint: str, values: Mapping[str, Any], fragment: str = "") -> int | None:
    """Return the number of the post that an address leads to, if it leads to one."""
    found: int | None = _told["find"](endpoint, values, fragment)
    return found
