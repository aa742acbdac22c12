"""Where reputation shows up on the pages of members."""

from __future__ import annotations

from flask import render_template

from community.core.slots import fills
from community.members.login import viewer
from community.members.models import Member
from community.reputation import queries


@fills("members.show", order=10)
def reputation_of_member(member: Member) -> str:
    """Show what a member earned: in total, in thirty days, and for each product."""
    return render_template(
        "reputation/_of_member.html",
        member=member,
        lately=queries.lately(member.id),
        products=queries.by_product(member.id),
        is_own=viewer().id == member.id,
    )
