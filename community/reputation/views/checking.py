"""What the checks of votes reported, for moderators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.members.models import Member
from community.reputation import queries
from community.reputation.queries import votes as vote_queries
from community.reputation.services import checking
from community.reputation.views import blueprint
from community.votes.models import Vote

T = TypeVar("T")


@blueprint.get("/moderation/votes")
@moderators_only
@limited()
def votes() -> str:
    """List votes that look odd, reversed or only reported, without saying who voted."""
    reports, reversals = vote_queries.reports(), vote_queries.reversals()
    members = vote_queries.members_of(reports, reversals)
    return render_template(
        "reputation/votes.html", reports=reports, reversals=reversals, members=members
    )


@blueprint.post("/moderation/votes/<int:report_id>")
@moderators_only
@limited(WRITING)
def investigate(report_id: int) -> ResponseReturnValue:
    """Show the votes behind a report, once; the reason is recorded."""
    report = vote_queries.report(report_id)
    found, error = _looked(checking.investigate, report)
    members = vote_queries.members_of([report])
    return _shown(found, error, reports=[report], members=members)


@blueprint.post("/moderation/votes/reversals/<int:reversal_id>")
@moderators_only
@limited(WRITING)
def look_into(reversal_id: int) -> ResponseReturnValue:
    """Show the votes that the check took out of the count, once; the reason is recorded."""
    reversal = vote_queries.reversal(reversal_id)
    found, error = _looked(checking.look_into, reversal)
    members = vote_queries.members_of([], [reversal])
    return _shown(found, error, reversals=[reversal], members=members)


@blueprint.post("/moderation/votes/reversals/<int:reversal_id>/clearance")
@moderators_only
@limited(WRITING)
def clear(reversal_id: int) -> ResponseReturnValue:
    """Let these votes count again, for good; the reason is recorded."""
    reversal = vote_queries.reversal(reversal_id)
    try:
        checking.clear(current_member(), reversal, request.form.get("reason", "")[:500])
    except Invalid as error:
        members = vote_queries.members_of([], [reversal])
        return _shown((), error, reversals=[reversal], members=members)
    flash(_("The votes count again. Score and reputation follow in a moment."), "success")
    return redirect(url_for(".votes"), HTTPStatus.SEE_OTHER)


def _looked(
    look: Callable[[Member, T, str], Sequence[Vote]], what: T
) -> tuple[Sequence[Vote], Invalid | None]:
    """Return the votes, or why they are not shown."""
    try:
        return look(current_member(), what, request.form.get("reason", "")[:500]), None
    except Invalid as error:
        return (), error


def _shown(found: Sequence[Vote], error: Invalid | None, **facts: object) -> ResponseReturnValue:
    posts = queries.posts_of(found)
    page = render_template(
        "reputation/votes.html",
        looked=error is None,
        votes=found,
        posts=posts,
        error=error,
        **facts,
    )
    return page, error.status if error else HTTPStatus.OK
