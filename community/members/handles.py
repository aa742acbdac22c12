"""Handles: the unique names that mentions use, and what they look like to the eye."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from slugify import slugify

from community.core.errors import Invalid
from community.core.i18n import _l
from community.members.confusables import scripts_of, skeleton_of

SHORTEST, LONGEST = 3, 30
LONGEST_SKELETON = 60
# Digits that are written for letters.
LEET = str.maketrans("013457", "oieast")
# Words that speak for the house.
OFFICE = frozenset(
    {
        *("admin", "administrator", "moderator", "mod", "staff", "support", "official", "team"),
        *("help", "helpdesk", "system", "root", "security", "billing", "contact", "info", "owner"),
        *("webmaster", "postmaster", "hostmaster", "abuse", "noreply"),
        *("soporte", "ayuda", "equipo", "oficial", "moderador", "administrador"),
    }
)
# And words that addresses and programs use.
RESERVED = OFFICE | set(Path(__file__).with_name("reserved_handles.txt").read_text().split())
_HANDLE = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


def stored(text: str) -> str:
    """Return the form of a handle in which it is stored: characters composed, small.

    Characters that only stand for others, such as wide ones, are left for the check to refuse.
    """
    return unicodedata.normalize("NFC", text.strip().removeprefix("@").casefold())


def check(handle: str, brand: str = "") -> None:
    """Say what is wrong with a handle in its stored form. Raises Invalid."""
    if not SHORTEST <= len(handle) <= LONGEST:
        raise Invalid(_l("A handle has 3 to 30 characters."), field="handle")
    composed = unicodedata.is_normalized("NFKC", handle)
    if not composed or not _HANDLE.fullmatch(handle) or re.search(r"[-_]{2}", handle):
        raise Invalid(
            _l("A handle is made of letters and digits; - and _ may stand between them."),
            field="handle",
        )
    if len(scripts_of(handle)) > 1:
        raise Invalid(
            _l("A handle is written in one alphabet, so that nobody can be imitated."),
            field="handle",
        )
    if {skeleton_of(handle), skeleton_of(handle.translate(LEET))} & _reserved(brand):
        raise Invalid(_l("This handle is reserved. Please choose another one."), field="handle")
    if not any(character.isalpha() for character in handle):
        raise Invalid(_l("A handle has at least one letter."), field="handle")
    if len(skeleton_of(handle)) > LONGEST_SKELETON:
        raise Invalid(_l("A handle has 3 to 30 characters."), field="handle")


def handle_from(name: str) -> str:
    """Return a handle made from a name in any script, not yet a free one: "Inés M." -> "ines-m"."""
    handle = slugify(name, max_length=LONGEST, word_boundary=False).strip("-")
    if len(handle) < SHORTEST or not any(map(str.isalpha, handle)):
        handle = f"member-{handle}"[:LONGEST].strip("-")
    return handle


def with_number(handle: str, number: int) -> str:
    """Return the handle with a number after it, within the length that is allowed."""
    end = f"-{number}"
    return handle[: LONGEST - len(end)].rstrip("-") + end


@cache
def _reserved(brand: str) -> frozenset[str]:
    return frozenset(skeleton_of(word) for word in RESERVED | {brand})
