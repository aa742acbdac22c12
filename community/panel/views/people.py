"""People: finding them, and giving them roles and titles."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only
from community.core.errors import Invalid, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.web import page_number
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Role
from community.members.services import appointing
from community.panel.queries import people as queries
from community.panel.views import blueprint
from community.panel.views.common import attempt, text_in

LONGEST_SEARCH = 100


@blueprint.get("/people")
@admins_only
@limited()
def people() -> str:
    """Show who is here, narrowed down by words and by kind."""
    words, kind = request.args.get("q", "")[:LONGEST_SEARCH], request.args.get("kind", "")
    page = queries.people(words, kind, page_number())
    return render_template("panel/people.html", page=page, words=words, kind=kind)


@blueprint.post("/people/<int:member_id>/role")
@admins_only
@limited(WRITING)
def assign_role(member_id: int) -> ResponseReturnValue:
    """Give somebody a role and a title."""
    member = existing(member_queries.by_id(member_id), _l("There is no such member."))

    def assign() -> None:
        role = text_in("role")
        if role not in set(Role):
            raise Invalid(_l("Please choose one of the list."))
        appointing.assign(current_member(), member, Role(role), text_in("title", 60))

    page = url_for(".people", q=f"@{member.handle}")
    return attempt(assign, _("%(name)s is appointed.", name=member.name), page)
