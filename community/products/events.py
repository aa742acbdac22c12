"""What happens to products, topics and tags, for features above to react to."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicMerged(Event):
    """A topic is about to become a part of another one; what belongs to it has to move."""

    topic_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class TopicMoved(Event):
    """A topic lies under another product now; what belongs to it has to follow."""

    topic_id: int
    product_id: int


@dataclass(frozen=True, kw_only=True)
class ProductMerged(Event):
    """A product has become a part of another one; what belongs to it has to follow."""

    product_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class TagMerged(Event):
    """A tag is about to become another one; what carries it has to carry the other."""

    tag_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class TagRenamed(Event):
    """A tag has another name; what knows its word has to learn the new one."""

    tag_id: int


@dataclass(frozen=True, kw_only=True)
class TagDropped(Event):
    """A tag is about to go. Who knows something that carries it raises Conflict."""

    tag_id: int
