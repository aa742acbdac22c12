"""What follows in moderation from what happens below."""

from __future__ import annotations

from community.core.events import witnesses
from community.core.jobs import job
from community.members.events import MemberJoined
from community.moderation.services import bulk, ruling


@witnesses(MemberJoined)
def note_acceptance(event: MemberJoined) -> None:
    """Whoever registers accepts the rules that hold now."""
    ruling.accept_by_registering(event.member_id)


@job("bulk.work")
def work_on(bulk_act_id: int) -> None:
    """Do what a moderator does to many at once, some of them in each transaction."""
    while bulk.work_on(bulk_act_id):
        pass


@job("bulk.undo")
def work_back(bulk_act_id: int, actor_id: int) -> None:
    """Undo what was done to many at once, some of them in each transaction."""
    while bulk.work_back(bulk_act_id, actor_id):
        pass
