"""Working the boards out anew, every few minutes and away from every page."""

from __future__ import annotations

from community.core.events import reacts_to
from community.core.jobs import periodic
from community.leaderboards import queries, services
from community.members.events import MemberLeft


@periodic("work_out_leaderboards", minute="*/10")
def work_out() -> None:
    """Count first and write afterwards, so that nobody waits for the counting."""
    services.replace(queries.worked_out())


@reacts_to(MemberLeft)
def forget_places(event: MemberLeft) -> None:
    """Take a member who left off every board."""
    services.forget_member(event.member_id)
