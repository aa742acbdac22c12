"""Text without its markup: for search, lists, mails and meta tags."""

from __future__ import annotations

import re
from html import unescape

import nh3

_BREAK = re.compile(r"<(?=/?(?:p|br|hr|li|ul|ol|h[1-6]|pre|blockquote|table|tr|td|th|div)\b)")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_LINE_MARKS = re.compile(r"^[ >]*(?:#{1,6} |[-*+] |\d{1,6}[.)] )?", re.MULTILINE)
_MARKS = re.compile(r"[*_`~|\\]++(?=\W|$)|(?<!\w)[*_`~|\\]++")
_RULE = re.compile(r"^[ |:=-]+$", re.MULTILINE)
_PICTURE = re.compile(r'<img src="(/uploads/[0-9a-f.a-z]+)" alt="([^"]*)"')
# Beyond this an excerpt never looks.
_HORIZON = 5000


def plain_text(html: str) -> str:
    """Return the words of HTML, one line for each block, with entities resolved."""
    words = unescape(nh3.clean(_BREAK.sub("\n<", html), tags=set()))
    lines = (line.strip() for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def pictures_in(html: str) -> list[tuple[str, str]]:
    """Return the address on this site and the description of each picture in HTML of ours."""
    return [(address, unescape(words)) for address, words in _PICTURE.findall(html)]


def excerpt(source_or_plain: str, length: int = 160) -> str:
    """Return the first words of a Markdown source or plain text, without marks, on one line."""
    text = source_or_plain[:_HORIZON]
    for pattern, replacement in (
        (_FENCE, " "), (_LINE_MARKS, ""), (_RULE, " "), (_LINK, r"\1"), (_MARKS, " "),
    ):  # fmt: skip
        text = pattern.sub(replacement, text)
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:-") + "…"
