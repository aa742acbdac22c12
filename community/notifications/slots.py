"""Where notices show up on every page: the bell, and the way to their settings."""

from __future__ import annotations

from flask import render_template, request

from community.core.shared_parts import piece
from community.core.slots import fills
from community.members.login import current_member, told_at_once
from community.members.recognition import tell_at_once
from community.notifications import queries

tell_at_once("unread", queries.unread_of)


@fills("header")
def bell() -> str:
    """Show how much a member has not read."""
    unread = told_at_once("unread")
    if unread is None:
        unread = queries.unread_count(current_member())
    is_here = request.endpoint == "notifications.index"
    most = queries.MOST_COUNTED
    return piece("notifications/_bell.html", unread=unread, most=most, is_here=is_here)


@fills("members.settings")
def way_to_settings() -> str:
    """Lead from the settings to those of the notices."""
    return render_template("notifications/_settings_tab.html")
