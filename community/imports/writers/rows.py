"""What every imported post has in common: its text, and whether it is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from community.core.text import escape, excerpt
from community.imports.texts import Ready
from community.imports.writers.forum import Forum, posts
from community.moderation.services import importing
from community.posts.models import HiddenAs

LONGEST_TITLE = 150
LONGEST_BODY = 30_000
# Columns of other kinds of post. Without this, their defaults would be filled in.
BLANK = {column.name: None for column in posts.c if column.nullable}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")


def post_row(forum: Forum, kind: str, text: Ready, *, hidden: bool) -> dict[str, Any]:
    """Return the columns that all kinds of post share; count what is unusual about the text."""
    note = _oddity(text)
    if note:
        forum.report.changed[kind, note] += 1
    if hidden:
        forum.report.changed[kind, "marked as spam: hidden from everybody but moderators"] += 1
    return {
        **BLANK,
        "body": text.source,
        "body_html": text.html,
        "render_version": text.version,
        "hidden_at": forum.now if hidden else None,
        "hidden_as": HiddenAs.REMOVED if hidden else None,
        "imported_from": forum.source,
    }


def note_hidden(forum: Forum, ids: Sequence[int], rows: Sequence[dict[str, Any]]) -> None:
    """Write the measures of what comes hidden: nothing is restricted without its reasons."""
    if not forum.rehearsal:
        shown = zip(ids, rows, strict=True)
        importing.note_hidden([post_id for post_id, row in shown if row["hidden_at"]])


def _oddity(text: Ready) -> str:
    if text.as_typed:
        return "a text that could not be converted: shown as it was written"
    if len(text.source) > LONGEST_BODY:
        return f"longer than {LONGEST_BODY:,} characters: kept whole"
    return "" if text.source else "without any text that may be shown"


def titled(forum: Forum, title: str, text: Ready) -> tuple[str, Ready]:
    """Return a title that fits, and the text. What does not fit stands at the top of the text."""
    title = " ".join(title.split())
    if len(title) <= LONGEST_TITLE:
        return title or excerpt(text.source, LONGEST_TITLE) or "?", text
    reason = f"a title of more than {LONGEST_TITLE} letters: cut, and whole at the top of the text"
    forum.report.changed["questions", reason] += 1
    marked = _MARKS.sub(r"\\\1", title)
    source = f"**{marked}**\n\n{text.source}"
    html = f"<p><strong>{escape(title)}</strong></p>\n{text.html}"
    return excerpt(title, LONGEST_TITLE), replace(text, source=source, html=html)
