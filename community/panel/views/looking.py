"""Seeing the forum as a member, or as a sort of people, sees it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only, members_only
from community.core.errors import CommunityError, Invalid, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.looking import own
from community.members import looking
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.services import looking as services
from community.panel.views import blueprint
from community.panel.views.common import refused, text_in


@blueprint.post("/people/<int:member_id>/look")
@admins_only
@limited(WRITING)
def look_as(member_id: int) -> ResponseReturnValue:
    """See the forum as this member from now on."""
    member = existing(member_queries.by_id(member_id), _l("There is no such member."))
    page = url_for(".person", member_id=member_id, _anchor="look")
    try:
        services.look_as(current_member(), member, text_in("reason"))
    except CommunityError as error:
        return refused(error, page)
    looking.begin(member.id)
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


@blueprint.post("/people/look")
@admins_only
@limited(WRITING)
def look_as_sort() -> ResponseReturnValue:
    """See the forum as a guest, a new member or a moderator from now on."""
    sort = text_in("sort")
    try:
        if sort not in set(looking.Sort):
            raise Invalid(_l("Please choose one of the list."))
        services.look_as_sort(current_member(), sort, text_in("reason"))
    except CommunityError as error:
        return refused(error, url_for(".people", _anchor="look"))
    looking.begin(looking.Sort(sort))
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


@blueprint.post("/look/end")
@members_only
@limited(WRITING)
@own
def stop_looking() -> ResponseReturnValue:
    """See the forum as oneself again."""
    whom = looking.end()
    if not whom:
        return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)
    services.stop(current_member(), whom)
    flash(_("You see the forum as yourself again."), "success")
    page = url_for(".person", member_id=int(whom)) if whom.isdecimal() else url_for(".people")
    return redirect(page, HTTPStatus.SEE_OTHER)
