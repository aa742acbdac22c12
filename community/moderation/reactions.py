"""What follows in moderation from what happens below."""

from __future__ import annotations

from community.core.events import witnesses
from community.members.events import MemberJoined
from community.moderation.services import ruling


@witnesses(MemberJoined)
def note_acceptance(event: MemberJoined) -> None:
    """Whoever registers accepts the rules that hold now."""
    ruling.accept_by_registering(event.member_id)
