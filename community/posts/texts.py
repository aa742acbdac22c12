"""Making a text ready: rendered, its mentions and pictures found, before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from community.core.text import Context, Rendered, mentions_in, render
from community.members import queries as member_queries
from community.posts import queries

PICTURE = re.compile(r"/uploads/([0-9a-f]{32}\.(?:png|jpg|gif|webp))")


@dataclass(frozen=True)
class Text:
    """A text made ready outside any transaction: rendering takes time, and writers would wait."""

    source: str
    rendered: Rendered
    mentioned: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()


def prepare(source: str) -> Text:
    """Render a text with the members it mentions and the pictures it shows."""
    mentioned = member_queries.by_handles(mentions_in(source))
    pictures = queries.pictures(PICTURE.findall(source))
    context = Context(
        mentions={each.handle: f"/members/{each.id}/{each.handle}" for each in mentioned},
        images={each.name: (each.width, each.height) for each in pictures},
    )
    return Text(
        source=source,
        rendered=render(source, context),
        mentioned=tuple(each.id for each in mentioned),
        pictures=tuple(each.id for each in pictures),
    )
