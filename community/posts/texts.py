"""Making a text ready: rendered, its mentions and pictures found, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from community.core.text import Context, Rendered, mentions_in, render, render_many
from community.members import queries as member_queries
from community.members.models import Member
from community.posts import queries
from community.posts.models import Attachment

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
    return Text(
        source=source,
        rendered=render(source, _context(mentioned, pictures)),
        mentioned=tuple(each.id for each in mentioned),
        pictures=tuple(each.id for each in pictures),
    )


def render_again(sources: Sequence[str]) -> list[Rendered]:
    """Render many texts as `prepare` does, with two statements for all of them."""
    handles = {handle for source in sources for handle in mentions_in(source)}
    names = {name for source in sources for name in PICTURE.findall(source)}
    context = _context(member_queries.by_handles(handles), queries.pictures(names))
    return render_many(sources, context)


def _context(mentioned: Sequence[Member], pictures: Sequence[Attachment]) -> Context:
    return Context(
        mentions={each.handle: f"/members/{each.id}/{each.handle}" for each in mentioned},
        images={each.name: (each.width, each.height) for each in pictures},
    )
