"""The allow-list: which tags, attributes and addresses the text of a member may contain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from pygments.token import STANDARD_TYPES

# Raise this when the list, the dialect or the highlighting changes what a text looks like, then
# render the stored texts again.
RENDER_VERSION = 1

# fmt: off
TAGS = frozenset({
    "p", "br", "hr", "em", "strong", "del", "sub", "sup", "blockquote", "pre", "code", "kbd",
    "span", "ul", "ol", "li", "h3", "h4", "h5", "h6", "a", "img",
    "table", "thead", "tbody", "tr", "th", "td",
})
ATTRIBUTES = {
    "a": {"href", "title", "class", "rel"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "code": {"class"}, "span": {"class"}, "ol": {"start"}, "th": {"align"}, "td": {"align"},
}
# fmt: on
PROTOCOLS = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow ugc noopener"
# How the links of members look who are trusted enough.
FOLLOWED_REL = "noopener"
MENTION_CLASS = "mention"
HIGHLIGHT_CLASSES = frozenset(STANDARD_TYPES.values()) - {""}
LONGEST_ADDRESS = 2000
LONGEST_TITLE = 300

LANGUAGE = re.compile(r"language-[A-Za-z0-9+#.-]{1,30}")
UPLOAD = re.compile(r"/uploads/([0-9a-f]{32}\.(?:png|jpg|gif|webp))")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://[^/\\?#@\s]+(?:[/?#]|\Z)", re.IGNORECASE)
# What a browser strips or drops before it reads an address.
_EDGE = "".join(map(chr, range(33)))
_DROPPED = {9: None, 10: None, 13: None}
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def url_is_ok(url: str, *, web_only: bool = False) -> bool:
    """Say whether an address may become a link.

    Web and mail addresses may, and addresses on this site (`/path`, `#part`, `?query`); with
    `web_only` nothing but http and https. The address is judged as browsers read it: without
    the control characters that they ignore. Hidden characters, user names and backslashes in
    an address serve nobody but a fraud.
    """
    seen = url.strip(_EDGE).translate(_DROPPED)
    if not seen or len(seen) > LONGEST_ADDRESS or "\\" in seen or _hides_something(seen):
        return False
    scheme = _SCHEME.match(seen)
    if scheme is None or scheme[1].lower() == "mailto":
        return not web_only and (scheme is not None or is_local(seen))
    return _WEB_ADDRESS.match(seen) is not None


def _hides_something(text: str) -> bool:
    if text.isascii():
        return not text.isprintable()
    return any(unicodedata.category(letter) in _HIDDEN for letter in text)


def is_local(url: str) -> bool:
    """Say whether an address stays on this site."""
    return url[:1] in {"#", "?"} or (url[:1] == "/" and url[1:2] not in {"/", "\\"})


def upload_name(url: str) -> str | None:
    """Return the file name of an address like /uploads/<32 hex>.png, None for any other."""
    match = UPLOAD.fullmatch(url)
    return match[1] if match else None


def attribute_is_ok(tag: str, name: str, value: str) -> bool:
    """Say whether a tag may carry this attribute with this value."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    check = _CHECKS.get(name)
    return len(value) <= LONGEST_TITLE if check is None else check(tag, value)


def _class_is_ok(tag: str, value: str) -> bool:
    if tag == "a":
        return value == MENTION_CLASS
    if tag == "code":
        return LANGUAGE.fullmatch(value) is not None
    return value in HIGHLIGHT_CLASSES


def _is_small_number(_tag: str, value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 6


_CHECKS: dict[str, Callable[[str, str], bool]] = {
    "href": lambda _tag, value: url_is_ok(value),
    "src": lambda _tag, value: upload_name(value) is not None,
    "class": _class_is_ok,
    "rel": lambda _tag, value: value == LINK_REL,
    "start": _is_small_number,
    "width": _is_small_number,
    "height": _is_small_number,
    "loading": lambda _tag, value: value == "lazy",
    "align": lambda _tag, value: value in {"left", "right", "center"},
}
