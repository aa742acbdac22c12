"""What the checks of votes reported, for moderators."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.errors import Invalid
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.reputation.queries import votes as vote_queries
from community.reputation.services import checking
from community.reputation.views import blueprint


@blueprint.get("/moderation/votes")
@moderators_only
@limited()
def votes() -> str:
    """List members who vote for each other more than for others, without their votes."""
    reports = vote_queries.reports()
    members = vote_queries.members_of(reports)
    return render_template("reputation/votes.html", reports=reports, members=members, error="")


@blueprint.post("/moderation/votes/<int:report_id>")
@moderators_only
@limited(WRITING)
def investigate(report_id: int) -> ResponseReturnValue:
    """Show the votes behind a report, once; the reason is recorded."""
    report = vote_queries.report(report_id)
    members = vote_queries.members_of([report])
    error, status, found = "", 200, None
    try:
        found = checking.investigate(current_member(), report, request.form.get("reason", "")[:500])
    except Invalid as refused:
        error, status = str(refused), refused.status
    page = render_template(
        "reputation/votes.html", reports=[report], members=members, votes=found, error=error
    )
    return page, status
