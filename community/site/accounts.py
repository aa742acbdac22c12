"""Stand-in until members offers the same: hashing, rules for passwords, free handles."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from argon2 import PasswordHasher
from slugify import slugify

from community.core.errors import Invalid
from community.core.i18n import _l
from community.members import queries as member_queries

SHORTEST = 10


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    return PasswordHasher().hash(password)


def check(password: str, _about: Iterable[str] = ()) -> None:
    """Refuse a password that is short. Raises Invalid."""
    if len(password) < SHORTEST:
        raise Invalid(_l("A password has at least 10 characters. A sentence is easy to remember."))


def free_handle(name: str) -> tuple[str, str]:
    """Return a handle that nobody has, and what it looks like."""
    base = slugify(name, separator="_")[:25] or "admin"
    for number in count(1):
        handle = base if number == 1 else f"{base}{number}"
        if member_queries.by_handle(handle) is None:
            break
    return handle, handle
