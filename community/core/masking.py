"""What is no business of a log: e-mail addresses, passwords, and the secrets in addresses."""

from __future__ import annotations

import re

MASK = "***"
_PATTERNS = (
    # What stands before the host in the address of a server: name and password.
    (re.compile(r"(?<=://)[^\s/@'\"]+@"), f"{MASK}@"),
    # Percent-encoded, too, as in the query of an address.
    (re.compile(r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), f"{MASK}@{MASK}"),
    # Tokens: long, with digits and capitals, as slugs and names never are.
    (
        re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{20,}(?:\.[\w-]+)*"),
        MASK,
    ),
    (re.compile(r"(?i)\b(token|code|password|secret|key)=[^\s&'\"]+"), rf"\1={MASK}"),
    # What PostgreSQL adds to a refusal: the values themselves.
    (re.compile(r"(DETAIL: +Key \([^)]*\))=\(.*?\)(?= )"), rf"\1=({MASK})"),
)


def masked(text: str) -> str:
    """Return a text with such things taken out."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
