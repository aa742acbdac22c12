"""From Markdown to HTML that is safe to show to anyone, whatever was written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from community.core.text import unmarked
from community.core.text.child import Child, ChildFailed
from community.core.text.rules import RENDER_VERSION
from community.core.text.sanitizing import encodable, purified

LIMIT = 1.0  # seconds for one text
MOST_CHARACTERS = 200_000
MOST_GROWTH = 20  # HTML may be so many times as long as its source
GROWTH_FLOOR = 500  # characters; a tiny source counts as so long
_MARKS = {0: None, 2: None, 3: None}  # NUL, and what Python-Markdown marks set-aside text with


@dataclass(frozen=True)
class Context:
    """What a text refers to: addresses of profiles by handle, sizes of pictures by file name."""

    mentions: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, and the version of the rules that made it.

    A fallback shows the source as it was typed, because it could not be rendered.
    """

    html: str
    version: int
    is_fallback: bool


NO_CONTEXT = Context()
child = Child("community.core.text.worker", LIMIT)


def render(source: str, context: Context = NO_CONTEXT) -> Rendered:
    """Render Markdown to safe HTML. Never raises: what cannot be rendered is shown as typed."""
    text = encodable(source).translate(_MARKS)
    html = unmarked.rendered(text)
    if html is None:
        html = _rendered(text, context)
    if html is None:
        return Rendered(purified(f"<pre>{escape(text)}</pre>"), RENDER_VERSION, is_fallback=True)
    return Rendered(html, RENDER_VERSION, is_fallback=False)


def render_many(sources: Sequence[str], context: Context = NO_CONTEXT) -> list[Rendered]:
    """Render many texts, one after the other, which may refer to the same members and pictures."""
    return [render(source, context) for source in sources]


def _rendered(text: str, context: Context) -> str | None:
    """Return safe HTML; None if the text is too much for the child."""
    if not text.strip():
        return ""
    if len(text) > MOST_CHARACTERS:
        return None
    request = {"source": text, "mentions": dict(context.mentions), "images": dict(context.images)}
    try:
        reply = child.ask(json.dumps(request).encode())
    except ChildFailed:
        return None
    html = reply[1:].decode("utf-8", "replace")
    if reply[:1] != b"+" or len(html) > MOST_GROWTH * max(len(text), GROWTH_FLOOR):
        return None
    return purified(html)
