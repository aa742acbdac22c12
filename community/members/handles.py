"""Handles: the unique names that mentions use, and what they look like to the eye."""

from __future__ import annotations

import re
import unicodedata

from slugify import slugify

SHORTEST, LONGEST = 3, 30
HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{1,28})[a-z0-9]")
# Nobody may look like the house itself, or like a part of an address.
# fmt: off
RESERVED = frozenset({
    "admin", "administrator", "administration", "moderator", "moderation", "mod", "staff",
    "support", "help", "team", "official", "system", "root", "owner", "security", "webmaster",
    "postmaster", "everyone", "all", "here", "nobody", "guest", "anonymous", "new", "edit",
    "settings", "login", "logout", "register", "me",
})
# fmt: on
# Letters that are taken for one another, source: Unicode's confusables.txt, those within ASCII.
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "-": "", "_": "", ".": ""})


def skeleton_of(handle: str) -> str:
    """Return what a handle looks like: alike, they are mixed up."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", handle).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return letters.translate(_LOOKALIKES).replace("rn", "m").replace("vv", "w")


def handle_from(name: str) -> str:
    """Return a handle made from a name in any script, not yet a free one: "Inés M." -> "ines-m"."""
    handle = slugify(name, max_length=LONGEST, word_boundary=False).strip("-")
    if len(handle) < SHORTEST:
        handle = f"member-{handle}".strip("-")
    return handle


def with_number(handle: str, number: int) -> str:
    """Return the handle with a number after it, within the length that is allowed."""
    end = f"-{number}"
    return handle[: LONGEST - len(end)].rstrip("-") + end
