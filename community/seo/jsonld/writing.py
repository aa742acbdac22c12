"""Writing structured data into a page."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from community.core.text import trusted

Thing = dict[str, Any]
# Inside a script element only these could end it, or begin another one.
_ESCAPED = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def script_of(*things: Thing) -> str:
    """Return the element that carries things, one after the other; browsers do not run it."""
    return trusted("".join(_element(each) for each in things))


def _element(thing: Thing) -> str:
    whole = {"@context": "https://schema.org"} | thing
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return f'<script type="application/ld+json">{text}</script>\n'


def said(moment: datetime) -> str:
    """Return a moment as machines read it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def without_gaps(thing: Thing) -> Thing:
    """Leave out what nothing is known of."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}
