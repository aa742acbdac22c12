"""The Markdown that members write: no raw HTML, bare addresses are links, @handle is a mention."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from string import punctuation
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from community.core.text.lists import Lists
from community.core.text.mentions import MENTION
from community.core.text.rules import MENTION_CLASS, url_is_ok

Found = tuple[Element | None, int | None, int | None]
NOTHING: Found = (None, None, None)
# Ends before white space, quotes and the marks Python-Markdown puts around what it set aside.
ADDRESS = r"(?<![\w@/])https?://[^\s<>\"\x02\x03]{1,1990}"


def markdown_to_raw_html(source: str, mentions: Mapping[str, str]) -> str:
    """Turn Markdown into HTML that is not yet safe."""
    return _markdown(mentions).convert(source)


def _markdown(mentions: Mapping[str, str]) -> Markdown:
    tables = TableExtension(use_align_attribute=True)
    extensions: list[str | Extension] = ["fenced_code", tables, "sane_lists", "nl2br"]
    extensions.append(_Dialect(mentions))
    return Markdown(extensions=extensions, output_format="html")


class _Dialect(Extension):
    """What differs from plain Markdown."""

    def __init__(self, mentions: Mapping[str, str]) -> None:
        super().__init__()
        self.mentions = mentions

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Switch raw HTML off; add ~~deleted~~, addresses and mentions.

        The numbers are places in the order of the inline rules: after code, links and
        `<https://…>`, before emphasis, so that underscores in an address stay what they are.
        """
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.ESCAPED_CHARS = list(punctuation)
        md.preprocessors.register(Lists(md), "lists", 15)
        md.inlinePatterns.register(_Address(ADDRESS, md), "address", 105)
        md.inlinePatterns.register(_Mention(self.mentions, md), "mention", 103)
        assert md.delimiters is not None
        md.delimiters.add("~", "del", double=True)


class _Address(InlineProcessor):
    """A web address in the running text."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802, ARG002
        address = _without_punctuation(m[0])
        if not url_is_ok(unescape(address), web_only=True):
            return NOTHING
        return _link(address, address), m.start(), m.start() + len(address)


class _Mention(InlineProcessor):
    """@handle of a member who exists."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, mentions: Mapping[str, str], md: Markdown) -> None:
        super().__init__(MENTION, md)
        self.mentions = mentions

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802, ARG002
        href = self.mentions.get(m[1].lower())
        if href is None:
            return NOTHING
        link = _link(href, m[0])
        link.set("class", MENTION_CLASS)
        return link, m.start(), m.end()


def _link(href: str, text: str) -> Element:
    link = Element("a", {"href": href})
    link.text = AtomicString(text)
    return link


def _without_punctuation(address: str) -> str:
    """Leave out the full stop after an address, and a bracket that was opened before it."""
    extra = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in ".,:;!?'*_~" or (address[end - 1] == ")" and extra > 0)):
        extra -= address[end - 1] == ")"
        end -= 1
    return address[:end]
