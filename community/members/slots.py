"""Where members show up on every page: their own menu."""

from __future__ import annotations

from flask import render_template

from community.core.i18n import language_and_zone
from community.core.shared_parts import of_facts
from community.core.slots import fills
from community.members.login import current_member


@fills("header", order=90)
def account() -> str:
    """Show the menu of the member who is logged in."""
    member = current_member()
    shown = (member.id, member.name, member.handle, member.avatar)
    may_do = (member.role, member.moderates_something)
    key = ("account", *shown, *may_do, *language_and_zone())
    return of_facts(key, lambda: render_template("_account.html"))
