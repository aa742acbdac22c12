"""The code that the first visit asks for, as it follows from the forum's secret key.

Nothing is kept: every node and command of the forum says the same, and nobody else can tell it.
It is a module of its own so that whoever only prints the code loads nothing else.
"""

from __future__ import annotations

import hashlib
import hmac

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS_IN_GROUP = 3, 4
PURPOSE = b"the first visit"


def code_of(secret_key: str) -> str:
    """Return the code of a forum with this secret key."""
    number = int.from_bytes(hmac.digest(secret_key.encode(), PURPOSE, hashlib.sha256), "big")
    letters = []
    for _ in range(GROUPS * LETTERS_IN_GROUP):
        number, which = divmod(number, len(LETTERS))
        letters.append(LETTERS[which])
    whole = "".join(letters)
    starts = range(0, len(whole), LETTERS_IN_GROUP)
    return "-".join(whole[start : start + LETTERS_IN_GROUP] for start in starts)
