"""Texts without any mark of Markdown, as most are that people type on a phone.

Whole paragraphs of letters, spaces and the signs between them come out of Markdown as they went in.
Those need no child process to be rendered: tests hold them against the long way.
"""

from __future__ import annotations

import re

MOST_CHARACTERS = 20_000
# A line begins with a letter, maybe after a quote, so it is no list, no heading and no code. There
# is nothing in it that Markdown, HTML, an address or a mention is made of, and no space at its end.
_LINE = r"""["'¡¿(]?[^\W\d_](?:[^\W_]|[ ,.;:?!'"()%€$¡¿…\u2013\u2014/-])*+(?<! )"""
_UNMARKED = re.compile(rf"{_LINE}(?:\n++{_LINE})*+")
_GAP = re.compile(r"\n\n+")
_ADDRESS = "//"  # and so `https://`


def rendered(text: str) -> str | None:
    """Return the HTML of a text without marks; None for any other."""
    text = text.strip("\n")
    if len(text) > MOST_CHARACTERS or _ADDRESS in text or not _UNMARKED.fullmatch(text):
        return None
    paragraphs = (part.replace("\n", "<br>\n") for part in _GAP.split(text))
    return "\n".join(f"<p>{part}</p>" for part in paragraphs)
