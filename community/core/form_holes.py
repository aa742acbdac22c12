"""What each form of a page has for its visitor alone: holes where many share the page."""

from __future__ import annotations

from typing import cast

from flask import g
from flask_wtf.csrf import generate_csrf

from community.core import holes, unsent


def token_of_form() -> str:
    """Return the token that proves that a form comes from our page, or a hole for it."""
    return holes.leave(_token)


def _token() -> str:
    return known_token() or str(generate_csrf())


def known_token() -> str | None:
    """Return the token of this request if it is made already: Flask-WTF keeps it here."""
    return cast("str | None", g.get("csrf_token"))


def key_of_form() -> str:
    """Return a key for a form that creates something, or a hole for it."""
    return holes.leave_one_of(unsent.submission_keys)
