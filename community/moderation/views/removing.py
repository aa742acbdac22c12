"""Removing a spammer: everything that an account did on one screen, and all of it gone at once."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.errors import existing
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Member
from community.moderation.policies.bulk import may_remove_spammer
from community.moderation.queries import bulk as bulk_queries
from community.moderation.services import bulk
from community.moderation.views import blueprint


@blueprint.route("/moderation/members/<int:member_id>/removal", methods=["GET", "POST"])
@moderators_only
@limited(WRITING)
def removal(member_id: int) -> ResponseReturnValue:
    """Show everything that an account did; then take all of it away."""
    member = _member(member_id)
    require(may_remove_spammer(current_member(), member))
    if request.method == "GET":
        doings = bulk_queries.doings_of(member)
        return render_template("moderation/removal.html", member=member, doings=doings)
    also = request.form.getlist("also", type=int)
    members = [member, *(_member(each) for each in dict.fromkeys(also) if each != member_id)]
    hosts = [host[:120] for host in dict.fromkeys(request.form.getlist("host")) if host]
    act = bulk.remove_spammers(current_member(), bulk.Removal(members=members, hosts=hosts))
    flash(_("Suspended. What they did is being taken away."), "success")
    return redirect(url_for(".bulk_act", bulk_act_id=act.id), HTTPStatus.SEE_OTHER)


def _member(member_id: int) -> Member:
    return existing(member_queries.by_id(member_id), _("There is no such member."))
