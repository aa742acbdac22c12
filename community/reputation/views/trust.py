"""Levels of trust: what they allow, what was read, and who is made a leader."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only, everyone, members_only
from community.core.errors import Invalid, existing
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.recordings import kept_for_guests
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.trust import TABLE, Level
from community.moderation import scoring
from community.questions.policies import EDITING_DAYS
from community.reputation import queries
from community.reputation.bars import ANSWERS_INSTEAD, BARS, GRACE, WINDOW
from community.reputation.services import levelling, reading
from community.reputation.views import blueprint
from community.reputation.words import level_names

MOST_IN_A_MESSAGE = 50


@blueprint.get("/help/trust-levels")
@kept_for_guests
@everyone
@limited()
def levels() -> str:
    """Say what each level allows and asks for, from the tables that the forum itself goes by."""
    return render_template("reputation/levels.html", **_tables())


@blueprint.get("/admin/trust-levels")
@admins_only
@limited()
def desk() -> str:
    """Say the same to admins, and how many members have reached each level."""
    return render_template("reputation/desk.html", counts=queries.by_level(), **_tables())


@blueprint.post("/reading")
@members_only
@limited("6 per minute")
def note() -> ResponseReturnValue:
    """Take note of what was read in the last minute; a behaviour of the page sends it."""
    member = current_member()
    if member.measures_reading:
        opened = request.form.getlist("question")[:MOST_IN_A_MESSAGE]
        numbers = [int(each[:9]) for each in opened if each.isascii() and each.isdigit()]
        reading.note_reading(member, numbers, _number("posts"), _number("seconds"))
    return "", HTTPStatus.NO_CONTENT


def _tables() -> dict[str, object]:
    """Return what the forum itself goes by, and the numbers in force."""
    return {
        "names": level_names(),
        "table": TABLE,
        "bars": BARS,
        "instead": ANSWERS_INSTEAD.get(),
        "grace": GRACE.days,
        "window": WINDOW.days,
        "editing_days": EDITING_DAYS.get(),
        "report_weight": scoring.BASE.get(),
    }


def _number(name: str) -> int:
    given = request.form.get(name, "")[:4]
    return int(given) if given.isascii() and given.isdigit() else 0


@blueprint.post("/members/<int:member_id>/leadership")
@admins_only
@limited(WRITING)
def lead(member_id: int) -> ResponseReturnValue:
    """Make a member a leader, or no longer one, with a reason that is recorded."""
    member = existing(member_queries.by_id(member_id), _("There is no such member."))
    reason = request.form.get("reason", "")[:500]
    try:
        if member.trust_level == Level.LEADER:
            levelling.end_leadership(current_member(), member, reason)
        else:
            levelling.make_leader(current_member(), member, reason)
    except Invalid as error:
        flash(str(error), "error")
    else:
        flash(_("Saved."), "success")
    address = url_for("members.show", member_id=member_id, handle=member.handle)
    return redirect(address, HTTPStatus.SEE_OTHER)
