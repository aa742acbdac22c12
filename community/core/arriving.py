"""What arrives from outside is text: PostgreSQL takes nothing with a NUL in it for that."""

from __future__ import annotations

from flask import Flask, Request, request
from werkzeug.exceptions import NotFound

NUL = "\0"


class TextRequest(Request):
    """A request whose form holds text. NULs are left out: people do not type them."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        form = self.__dict__["form"]
        if any(NUL in value for _name, value in form.items(multi=True)):
            left = [(name, as_text(value)) for name, value in form.items(multi=True)]
            self.__dict__["form"] = type(form)(left)


def as_text(value: str) -> str:
    """Return what was sent without NULs."""
    return value.replace(NUL, "")


def init_app(app: Flask) -> None:
    """Read requests so. Called before anything that looks at addresses."""
    app.request_class = TextRequest
    app.before_request(refuse_what_is_no_text)


def refuse_what_is_no_text() -> None:
    """Find nothing at an address with a NUL in it."""
    if NUL in request.path or b"%00" in request.query_string:
        raise NotFound
