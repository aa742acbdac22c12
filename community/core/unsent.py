"""Nothing typed is lost: what a form sent in vain is kept and put back into the form.

A session that ended, a token that is too old, a log-in in between: the fields wait in the
visitor's session under the address of the page that holds the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from flask import current_app, g, request, session
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField

from community.core import once

KEPT = "unsent"
NEVER = ("password", "csrf_token", "code")
# What the page put into the form itself: nobody typed it.
NOT_TYPED = frozenset(
    {"value", "had", "have", "act", "next", "submission_key", "version", "follow"}
)
MOST_CHARACTERS = 60_000
HOME = "/"


def keep() -> None:
    """Keep the fields of the form that was just sent, unless they are secrets."""
    fields = {name: texts for name, texts in request.form.lists() if not _is_secret(name)}
    size = sum(len(name) + sum(map(len, texts)) for name, texts in fields.items())
    if fields.keys() - NOT_TYPED and size <= MOST_CHARACTERS:
        session[KEPT] = {"page": page_of_form(), "fields": fields, "form": request.path}
        g.typed_is_kept = True  # Pages of errors say so.


def typed() -> list[str]:
    """Return the texts of the form that was just sent, for a page that shows them."""
    fields = [each for each in request.form.lists() if not _is_secret(each[0])]
    texts = [text for name, texts in fields if name not in NOT_TYPED for text in texts]
    return [text for text in texts if len(text) > 1 and not text.isdigit()]


def keep_for(page: str) -> None:
    """Keep the form that was just sent for this page, which shows it again with typed_into()."""
    if not page.startswith("/"):
        return
    parts = urlsplit(page)
    keep()
    if KEPT in session:
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        session[KEPT] = session[KEPT] | {"page": address}


def typed_into(name: str, otherwise: object = "", form: str = "") -> str:
    """Return what was typed into a plain field and not taken, or else what the field holds.

    form: the address that the form is sent to, for a page may hold several.
    """
    if "typed" not in g:
        kept = session.get(KEPT, {}) if request.method == "GET" else {}
        is_here = kept.get("page") == request.full_path.rstrip("?") and "form" in kept
        g.typed = kept if is_here else {}
    if g.typed.get("form") != form or not form:
        return str(otherwise)
    session.pop(KEPT, None)
    return str(g.typed["fields"].get(name, [""])[0])


def leave(page: str, fields: dict[str, list[str]]) -> None:
    """Leave these fields for the form of a page of this site, which puts them back."""
    session[KEPT] = {"page": page, "fields": fields}


def page_of_form() -> str:
    """Return the address of the page that held the form: the one that sent it, or this one.

    It is on this site and can be opened: an address that only takes forms leads to the home page.
    """
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host and _can_be_opened(came_from.path):
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return request.full_path.rstrip("?") if _can_be_opened(request.path) else HOME


def is_waiting() -> bool:
    """Tell whether anything is kept for this visitor."""
    return KEPT in session


def put_back(form: FlaskForm) -> bool:
    """Fill a form that is shown with what was kept for this page; tell whether there was any."""
    if request.method != "GET" or KEPT not in session:
        return False
    kept = session[KEPT]
    mine = [field for field in form if field.name in kept["fields"]]
    if kept["page"] != request.full_path.rstrip("?") or not mine:
        return False
    sent = MultiDict(kept["fields"])
    for field in form:
        # A box that is not ticked is not sent at all.
        if field in mine or isinstance(field, BooleanField):
            field.process(sent)
    session.pop(KEPT)
    if "form" in kept:  # It was sent, and not only left here by another page.
        g.forms_put_back = [*g.get("forms_put_back", ()), form]
    # The form was opened before the detour, so that it need not be held for being sent too fast.
    g.key_before = sent.get("submission_key")
    g.pop("submission_keys", None)
    return True


def is_back(form: FlaskForm) -> bool:
    """Tell whether a form holds again what was sent in vain, so that it can say so."""
    return any(each is form for each in g.get("forms_put_back", ()))


def submission_keys() -> Callable[[], str]:
    """Return what gives a key for one form of this page after the other.

    They share what is random and signed; one that is shown again remembers when it was opened.
    """
    known: Counted | None = g.get("submission_keys")
    if known is None:
        opened = once.opened_at(g.get("key_before") or request.form.get("submission_key"))
        known = g.submission_keys = Counted(once.new_key(opened), count(1))
    return known.next


@dataclass(frozen=True)
class Counted:
    """The key of a page, and the numbers for the forms on it."""

    first: str
    numbers: Iterator[int]

    def next(self) -> str:
        """Return the key of one more form."""
        return once.another(self.first, next(self.numbers))


def _is_secret(name: str) -> bool:
    return any(word in name for word in NEVER)


def _can_be_opened(path: str) -> bool:
    """Tell whether an address of this site has a page, and not only a place to send forms to."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return path.startswith("/") and not path.startswith("//")
