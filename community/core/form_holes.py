"""What each form of a page has for its visitor alone: holes where many share the page."""

from __future__ import annotations

from typing import Any, cast

from flask import g
from flask_wtf.csrf import _FlaskFormCSRF, generate_csrf
from wtforms.csrf.core import CSRFTokenField

from community.core import holes, unsent


def token_of_form() -> str:
    """Return the token that proves that a form comes from our page, or a hole for it."""
    return holes.leave(_token)


def _token() -> str:
    return known_token() or str(generate_csrf())


def known_token() -> str | None:
    """Return the token of this request if it is made already: Flask-WTF keeps it here."""
    return cast("str | None", g.get("csrf_token"))


class TokenWhenShown(CSRFTokenField):
    """The token in a form of Flask-WTF, made only where a page shows it.

    A form that was sent has one already, and mostly leads to another page.
    """

    def process(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super(CSRFTokenField, self).process(*args, **kwargs)

    def _value(self) -> str:
        return str(self.csrf_impl.generate_csrf_token(self))


def set_up() -> None:
    """Let the forms of Flask-WTF make their tokens so."""
    _FlaskFormCSRF.field_class = TokenWhenShown


def key_of_form() -> str:
    """Return a key for a form that creates something, or a hole for it."""
    return holes.leave_one_of(unsent.submission_keys)
