"""The page of the notices, and what a member wants by mail."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import members_only
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.web import page_number, page_size
from community.members.login import current_member
from community.notifications import queries, services
from community.notifications.models import Kind
from community.notifications.sentences import CHOICES, address, sentence

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/notifications")
@members_only
@limited()
def index() -> str:
    """List what a member should hear of, the latest first."""
    page = queries.of_member(current_member(), page_number(), page_size())
    return render_template("notifications/index.html", page=page, sentence=sentence)


@blueprint.post("/notifications/<int:notification_id>/opening")
@members_only
@limited("120 per minute")
def open_one(notification_id: int) -> ResponseReturnValue:
    """Note that a notice was read, and lead to what it tells of."""
    notification = queries.of_member_by_id(current_member(), notification_id)
    endpoint, values = address(notification)
    services.read(current_member(), notification)
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)


@blueprint.post("/notifications/reading")
@members_only
@limited(WRITING)
def read_all() -> ResponseReturnValue:
    """Note that everything was read."""
    services.read_all(current_member())
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@blueprint.route("/settings/notifications", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def choose() -> ResponseReturnValue:
    """Show what comes by mail; keep what a member chooses."""
    member = current_member()
    if request.method == "POST":
        chosen = set(request.form.getlist("mail"))
        services.choose_mails(member, [kind for kind in Kind if kind in chosen])
        flash(_("Your settings are saved."))
        return redirect(url_for(".choose"), HTTPStatus.SEE_OTHER)
    mailed = queries.mailed_kinds(member.id)
    # Only who moderates hears of what waits for a moderator.
    withheld = set() if member.moderates_something else {Kind.REVIEWS_WAIT}
    choices = {kind: words for kind, words in CHOICES.items() if kind not in withheld}
    return render_template("notifications/choose.html", choices=choices, chosen=mailed)
