"""What members earned and why."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.errors import Gone, existing
from community.core.i18n import _
from community.core.limits import limited
from community.core.web import page_number
from community.members import queries as member_queries
from community.members.login import viewer
from community.members.models import Member
from community.reputation import amounts, queries
from community.reputation.policies import may_see_ledger

blueprint = Blueprint("reputation", __name__)


@blueprint.get("/members/<int:member_id>/<handle>/reputation")
@everyone
@limited()
def show(member_id: int, handle: str) -> ResponseReturnValue:
    """Show a member's reputation: to others by kind of deed, to the member line by line."""
    member = existing(member_queries.by_id(member_id), _("There is no such member."))
    if member.deleted_at:
        raise Gone(_("This member has left the community."))
    if handle != member.handle:
        address = url_for(".show", member_id=member.id, handle=member.handle)
        return redirect(address, HTTPStatus.MOVED_PERMANENTLY)
    return render_template(
        "reputation/show.html",
        member=member,
        lately=queries.lately(member.id),
        kinds=queries.by_kind(member.id),
        products=queries.by_product(member.id),
        amounts=amounts,
        **_ledger(member),
    )


def _ledger(member: Member) -> dict[str, object]:
    """Return the lines for the member alone; who voted is nobody's business."""
    if not may_see_ledger(viewer(), member.id):
        return {"page": None}
    page = queries.ledger_of(member.id, page_number())
    return {
        "page": page,
        "posts": queries.posts_of(page.items),
        "dishonest": queries.found_dishonest(page.items),
    }
