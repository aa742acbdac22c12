"""Nothing typed is lost: what a form sent in vain is kept and put back into the form.

A session that ended, a token that is too old, a log-in in between: the fields wait in the
visitor's session under the address of the page that holds the form.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, session
from flask_wtf import FlaskForm

KEPT = "unsent"
NEVER = ("password", "csrf_token", "code")
MOST_CHARACTERS = 60_000


def keep() -> None:
    """Keep the fields of the form that was just sent, unless they are secrets."""
    fields = {name: text for name, text in request.form.items() if not _is_secret(name)}
    if not fields or sum(map(len, fields.values())) > MOST_CHARACTERS:
        return
    session[KEPT] = {"page": page_of_form(), "fields": fields}


def page_of_form() -> str:
    """Return the address of the page that held the form: the one that sent it, or this one."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return request.full_path.rstrip("?")


def put_back(form: FlaskForm) -> bool:
    """Fill a form that is shown with what was kept for this page; tell whether there was any."""
    kept = session.get(KEPT)
    if request.method != "GET" or not kept or kept["page"] != request.full_path.rstrip("?"):
        return False
    mine = {name: text for name, text in kept["fields"].items() if name in form}
    for name, text in mine.items():
        form[name].process_data(text)
    if mine:
        session.pop(KEPT)
    return bool(mine)


def _is_secret(name: str) -> bool:
    return any(word in name for word in NEVER)
