"""Where members show up on every page: their own menu."""

from __future__ import annotations

from flask import current_app, url_for

from community.core.shared_parts import piece
from community.core.slots import fills
from community.core.text import escape
from community.members.login import current_member


@fills("header", order=90)
def account() -> str:
    """Show the menu of the member who is logged in."""
    member = current_member()
    may_do = (member.role, member.moderates_something)
    return piece("_account.html", own=OWN, may_do=may_do)


def _name() -> str:
    return str(escape(current_member().name))


def _handle() -> str:
    return str(escape(current_member().handle))


def _face() -> str:
    people = current_app.jinja_env.get_template("macros/people.html").module
    return str(people.avatar(current_member(), "s"))  # type: ignore[attr-defined]


def _profile() -> str:
    member = current_member()
    return str(escape(url_for("members.show", member_id=member.id, handle=member.handle)))


OWN = {"NAME": _name, "HANDLE": _handle, "FACE": _face, "PROFILE": _profile}
