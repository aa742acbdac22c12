"""Profiles, which everybody may see."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone, members_only, open_to_suspended
from community.core.errors import Gone, existing
from community.core.i18n import COOKIE, LANGUAGES, _
from community.core.limits import limited
from community.core.recordings import kept_for_guests
from community.core.web import csrf, is_local
from community.members import queries
from community.members.login import viewer
from community.members.services import profile
from community.members.views import blueprint

A_YEAR = 365 * 24 * 3600
# How long browsers keep a card; seconds.
A_MOMENT = 300


@blueprint.get("/members/<int:member_id>")
@blueprint.get("/members/<int:member_id>/<handle>")
@kept_for_guests
@everyone
@limited()
def show(member_id: int, handle: str = "") -> ResponseReturnValue:
    """Show a member's profile; features above add what the member did."""
    member = existing(queries.by_id(member_id), _("There is no such member."))
    if member.deleted_at:
        raise Gone(_("This member has left the community."))
    if handle != member.handle:
        address = url_for(".show", member_id=member.id, handle=member.handle)
        address += f"?{quote(request.query_string, safe='=&%+')}" if request.query_string else ""
        return redirect(address, HTTPStatus.MOVED_PERMANENTLY)
    return render_template("members/show.html", member=member)


@blueprint.get("/members/<int:member_id>/<handle>/card")
@everyone
@limited()
def card(member_id: int, handle: str) -> ResponseReturnValue:
    """Show in some lines who somebody is, for a page that shows it beside the name."""
    member = existing(queries.by_id(member_id), _("There is no such member."))
    if member.deleted_at or handle != member.handle:
        raise Gone(_("This member has left the community."))
    answer = make_response(render_template("members/card.html", member=member))
    answer.headers["Cache-Control"] = f"private, max-age={A_MOMENT}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@blueprint.get("/members/complete")
@members_only
@limited("120 per minute")
def complete() -> ResponseReturnValue:
    """Suggest members for a mention that begins like this, as JSON."""
    found = queries.like(request.args.get("q", "")[:40])
    return jsonify(
        members=[
            {"id": each.id, "handle": each.handle, "name": each.name, "avatar": each.avatar_url}
            for each in found
        ]
    )


@blueprint.post("/language")
@csrf.exempt  # type: ignore[untyped-decorator]  # Stands on pages kept in caches; whoever sends it at worst changes a language.
@everyone
@limited("30 per minute")
@open_to_suspended
def language() -> ResponseReturnValue:
    """Speak another language from now on."""
    wanted, page = request.form.get("language", ""), request.form.get("next", "")
    answer = redirect(page if is_local(page) else url_for("site.home"), HTTPStatus.SEE_OTHER)
    if wanted in LANGUAGES:
        answer.set_cookie(
            COOKIE, wanted, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure
        )
        member = viewer()
        if member.is_authenticated:
            profile.speak(member, wanted)
    return answer
