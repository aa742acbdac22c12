"""Make HTML safe: bleach, then our own touches, then nh3, which has the last word."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from html import unescape

import nh3
from bleach.sanitizer import Cleaner

from community.core.text.rules import (
    ATTRIBUTES,
    LINK_REL,
    MENTION_CLASS,
    PROTOCOLS,
    TAGS,
    attribute_is_ok,
    is_local,
    upload_name,
    url_is_ok,
)

Sizes = Mapping[str, tuple[int, int]]

# Tags that become others on the way: headings go down two steps, old names become new ones.
RENAMED = {
    "h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6",
    "b": "strong", "i": "em", "s": "del", "strike": "del",
}  # fmt: skip
_FIRST_TAGS = TAGS | set(RENAMED)
_TOUCHED = re.compile(r'<(/?)(a|img|h[1-6]|b|i|s|strike)((?: [a-z]+="[^"]*")*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_EMOJI = re.compile(r":[\w+-]+:")
_local = threading.local()


def bleached(html: str) -> str:
    """Take out every tag, attribute and address that is not allowed; the first of two filters.

    Headings and pictures from elsewhere are still as they came: `touched_up` turns them into
    what is allowed.
    """
    if not hasattr(_local, "cleaner"):
        _local.cleaner = Cleaner(
            tags=_FIRST_TAGS,
            attributes=_allowed_by_bleach,
            protocols=PROTOCOLS,
            strip=True,
            strip_comments=True,
        )
    clean: str = _local.cleaner.clean(html)
    return clean


def encodable(text: str) -> str:
    """Replace halves of surrogate pairs, which no parser and no database takes."""
    return text.encode("utf-8", "replace").decode()


def without_scripts(html: str) -> str:
    """Take out scripts and styles together with what stands in them; the rest is not yet safe."""
    return _SCRIPTS_OUT.clean(html)


def touched_up(html: str, sizes: Sizes) -> str:
    """Shift headings, mark links for search engines, give pictures their size.

    Takes the well-formed HTML that bleach writes.
    """
    return _TOUCHED.sub(_Touch(sizes), html)


def purified(html: str) -> str:
    """Clean HTML with an independent parser. Nothing may change the HTML after this."""
    return _NH3.clean(html)


def _allowed_by_bleach(tag: str, name: str, value: str) -> bool:
    # Bleach leaves entities as they are, browsers do not.
    value = unescape(value)
    if (tag, name) == ("img", "src"):
        return upload_name(value) is not None or url_is_ok(value, web_only=True)
    return attribute_is_ok(tag, name, value)


def _allowed_by_nh3(tag: str, name: str, value: str) -> str | None:
    return value if attribute_is_ok(tag, name, value) else None


_NAMES = {tag: set(names) for tag, names in ATTRIBUTES.items()}
_NH3 = nh3.Cleaner(
    tags=set(TAGS),
    attributes=_NAMES,
    attribute_filter=_allowed_by_nh3,
    url_schemes=set(PROTOCOLS),
    link_rel=None,
    strip_comments=True,
)
# Bleach would leave the text of a script standing.
_SCRIPTS_OUT = nh3.Cleaner(tags=set(_FIRST_TAGS), attributes={**_NAMES}, link_rel=None)


class _Touch:
    """Rewrites one tag after the other, knowing whether a link is open."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.in_link = False

    def __call__(self, tag: re.Match[str]) -> str:
        slash, name, rest = tag.groups()
        if name in RENAMED:
            return f"<{slash}{RENAMED[name]}>"
        attributes = dict(_ATTRIBUTE.findall(rest))
        if name == "img":
            return self._picture(attributes)
        return self._end_of_link() if slash else self._link(attributes)

    def _link(self, attributes: dict[str, str]) -> str:
        href = attributes.get("href")
        if href is None:
            return ""
        self.in_link = True
        title = _written("title", attributes.get("title"))
        if not is_local(unescape(href)):
            return f'<a href="{href}"{title} rel="{LINK_REL}">'
        mention = attributes.get("class") == MENTION_CLASS
        return f'<a href="{href}"{title}{_written("class", MENTION_CLASS if mention else None)}>'

    def _end_of_link(self) -> str:
        was_open, self.in_link = self.in_link, False
        return "</a>" if was_open else ""

    def _picture(self, attributes: dict[str, str]) -> str:
        src, alt = attributes.get("src"), attributes.get("alt", "")
        upload = upload_name(src) if src else None
        if upload:
            return self._upload(upload, alt, attributes.get("title"))
        if src is None or self.in_link or _EMOJI.fullmatch(alt):
            return alt
        return f'<a href="{src}" rel="{LINK_REL}">{alt or src}</a>'

    def _upload(self, upload: str, alt: str, title: str | None) -> str:
        width, height = self.sizes.get(upload, (None, None))
        rest = _written("title", title) + _written("width", width) + _written("height", height)
        return f'<img src="/uploads/{upload}" alt="{alt}"{rest} loading="lazy">'


def _written(name: str, value: object) -> str:
    return "" if value is None else f' {name}="{value}"'
