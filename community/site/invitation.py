"""The code that lets the first admin in: printed in the terminal, kept in a file until used."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from flask import current_app

from community.members import queries as member_queries

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS_IN_GROUP = 3, 4
KEY = "site.is_set_up"


def is_over() -> bool:
    """Tell whether the forum has an admin. Once it has, nothing is asked any more.

    While it has none there is a code, for who started the forum to read.
    """
    if not current_app.extensions.get(KEY):
        current_app.extensions[KEY] = member_queries.an_admin_exists()
        if not current_app.extensions[KEY]:
            code()
    return bool(current_app.extensions[KEY])


def code() -> str:
    """Return the code; the first to ask makes it."""
    path = _path()
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(_new_code())
        try:
            # A link, unlike a rename, never replaces what another process made meanwhile.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def fits(given: str) -> bool:
    """Tell whether this is the code; capitals, spaces and dashes do not matter."""
    return hmac.compare_digest(_bare(given), _bare(code()))


def end() -> None:
    """Forget the code: there is an admin now."""
    _path().unlink(missing_ok=True)


def _new_code() -> str:
    groups = range(GROUPS)
    return "-".join(
        "".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_GROUP)) for _ in groups
    )


def _bare(given: str) -> bytes:
    return "".join(letter for letter in given.lower() if letter.isalnum()).encode()


def _path() -> Path:
    return Path(current_app.config["INSTANCE_FOLDER"]) / "set_up_code"
