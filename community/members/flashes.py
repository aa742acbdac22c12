"""What the next page says once, such as "Your answer is online", carried by the browser itself.

Kept in the table of sessions it would cost two more transactions, each of which waits for the
disk: one to leave the words, and one to take them away. It is signed, and only for one session.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from community.core.keyed import is_ours, keyed_hash

# What Flask calls them in a session.
KEY = "_flashes"
PURPOSE = "flashes"
# A browser takes 4,096 bytes for a cookie with its name and all; the table keeps longer words.
MOST_CHARACTERS = 3_500

Flashes = list[tuple[str, str]]


def packed(flashes: Flashes, token: str) -> str:
    """Return the words as a cookie for the session with this token; "" if they are too long."""
    words = urlsafe_b64encode(json.dumps(flashes).encode()).decode()
    cookie = f"{words}.{keyed_hash(PURPOSE, f'{token}.{words}')}"
    return cookie if len(cookie) <= MOST_CHARACTERS else ""


def unpacked(cookie: str, token: str) -> Flashes:
    """Return the words in a cookie; none if it was not made here for this session."""
    words, _, signature = cookie.rpartition(".")
    if not (words and token and is_ours(PURPOSE, f"{token}.{words}", signature)):
        return []
    return [(category, text) for category, text in json.loads(urlsafe_b64decode(words))]
