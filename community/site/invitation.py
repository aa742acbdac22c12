"""The code that lets the first admin in: printed in the terminal, the same on every node."""

from __future__ import annotations

import hmac

from flask import current_app

from community.members import queries as member_queries
from community.site.first_code import code_of

KEY = "site.is_set_up"


def is_over() -> bool:
    """Tell whether the forum has an admin. Once it has, nothing is asked any more."""
    if not current_app.extensions.get(KEY):
        current_app.extensions[KEY] = member_queries.an_admin_exists()
    return bool(current_app.extensions[KEY])


def code() -> str:
    """Return the code."""
    return code_of(str(current_app.config["SECRET_KEY"]))


def fits(given: str) -> bool:
    """Tell whether this is the code; capitals, spaces and dashes do not matter."""
    return hmac.compare_digest(_bare(given), _bare(code()))


def _bare(given: str) -> bytes:
    return "".join(letter for letter in given.lower() if letter.isalnum()).encode()
