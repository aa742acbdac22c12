"""What the staff note on members, beside whatever page shows a member's history."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_of_anything
from community.core.errors import Invalid, existing
from community.core.i18n import _l
from community.core.limits import WRITING, limited
from community.core.web import is_local
from community.members import queries as member_queries
from community.members.login import current_member
from community.moderation.services import claiming
from community.moderation.views import blueprint


@blueprint.post("/members/<int:member_id>/staff-notes")
@moderators_of_anything
@limited(WRITING)
def staff_note(member_id: int) -> ResponseReturnValue:
    """Keep a note on a member for the other moderators."""
    member = existing(member_queries.by_id(member_id), _l("There is no such member."))
    try:
        claiming.note_member(current_member(), member, request.form.get("body", ""))
    except Invalid as error:
        flash(str(error), "error")
        unsent.keep_for(_address())
    return _back()


@blueprint.post("/staff-notes/<int:note_id>/removal")
@moderators_of_anything
@limited(WRITING)
def remove_staff_note(note_id: int) -> ResponseReturnValue:
    """Take a note away."""
    claiming.remove_note(current_member(), note_id)
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(f"{_address()}#staff-notes", HTTPStatus.SEE_OTHER)


def _address() -> str:
    """Return the page that holds the form."""
    page = request.form.get("next", "")
    return page if is_local(page) else url_for(".queue")
