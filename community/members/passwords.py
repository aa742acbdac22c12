"""Passwords: kept as argon2id hashes, and refused when they are easily guessed.

Parameters after the OWASP Password Storage Cheat Sheet: 19 MiB, 2 rounds, 1 lane.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from community.core.errors import Busy, Invalid
from community.core.i18n import _l

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, LONGEST = 10, 128
# Of a longer password the beginning is judged, for judging takes longer with every character.
JUDGED = 40
# zxcvbn's scale of 0 to 4: from 2 on, more than a million guesses are needed.
LEAST_SCORE = 2
PLAIN_WORDS = (
    *("contraseña", "contrasena", "clave", "secreto", "acceso", "bienvenido", "hola", "teamo"),
    *("tequiero", "password", "secret", "welcome", "community", "forum", "comunidad", "foro"),
)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# A hash holds a core and 19 MiB. Each process (there are as many as cores) works out one at a time,
# so that a storm of log-ins cannot take the forum away from its readers.
_one_at_a_time = threading.BoundedSemaphore(1)
PATIENCE_SECONDS = 10


def hashed(password: str) -> str:
    """Return what the table keeps of a password. Takes some 20 ms: not inside a transaction."""
    with _turn():
        return _hasher.hash(password)


def matches(password: str, known_hash: str) -> bool:
    """Tell whether the password is the one. Without a known hash it takes as long and fails."""
    with _turn():
        try:
            return _hasher.verify(known_hash or _nobodys(), password) and bool(known_hash)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(known_hash: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(known_hash)


def check(password: str, about: Iterable[str] = ()) -> None:
    """Refuse a password that is short, too long or easily guessed. Raises Invalid.

    about: words that belong to the member or the brand, which are guessed first.
    """
    if len(password) < SHORTEST:
        raise Invalid(
            _l("A password has at least 10 characters. A sentence is easy to remember."),
            field="password",
        )
    if len(password) > LONGEST:
        raise Invalid(_l("A password has at most 128 characters."), field="password")
    words = [*PLAIN_WORDS, *(word for text in about for word in _words(text))]
    if _score(password[:JUDGED], words) < LEAST_SCORE:
        raise Invalid(
            _l("This password is easily guessed. Take several words that do not belong together."),
            field="password",
        )


def _score(password: str, words: list[str]) -> int:
    """Judge a password from 0 to 4. The judge knows so many words that it comes only when asked."""
    from zxcvbn import zxcvbn  # noqa: PLC0415

    return int(zxcvbn(password, user_inputs=words, max_length=JUDGED)["score"])


def _words(text: str) -> list[str]:
    """Return the parts of a name or address as they are found in passwords."""
    parts = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return [text.casefold(), *parts, "".join(parts)] if parts else []


@contextmanager
def _turn() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
        raise Busy(_l("Many people are logging in right now. Please try again in a moment."))
    try:
        yield
    finally:
        _one_at_a_time.release()


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of an account that does not exist")
