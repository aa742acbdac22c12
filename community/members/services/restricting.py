"""What measures do to accounts. Only moderation's effects call this; a test proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.core.clock import now
from community.core.db import db, transaction
from community.core.errors import Conflict
from community.core.events import emit
from community.core.i18n import _, _l, force_locale
from community.core.policy import unguarded
from community.members import sessions
from community.members.confusables import skeleton_of
from community.members.events import MemberReturned, MemberSuspended
from community.members.models import Member, Session
from community.members.queries import is_handle_taken


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an account stands by all measures that are in force; no end means for good."""

    is_suspended: bool = False
    suspended_until: datetime | None = None
    muted_until: datetime | None = None
    is_ended: bool = False


@transaction
@unguarded("called by measures of moderation only, which require their policy")
def stand(member: Member, standing: Standing) -> None:
    """Suspend, mute or end an account, or stop doing so. A suspension ends all sessions."""
    was_suspended = member.suspended_at is not None
    member.suspended_at = (member.suspended_at or now()) if standing.is_suspended else None
    member.suspended_until = standing.suspended_until if standing.is_suspended else None
    member.muted_until = standing.muted_until
    member.ended_at = (member.ended_at or now()) if standing.is_ended else None
    db.session.flush()
    if was_suspended == standing.is_suspended:
        return
    if standing.is_suspended:
        sessions.revoke(Session.member_id == member.id)
    kind = MemberSuspended if standing.is_suspended else MemberReturned
    emit(kind(member_id=member.id))


@transaction
@unguarded("called by measures of moderation only, which require their policy")
def refuse_name(member: Member) -> dict[str, str]:
    """Give a member a neutral name and handle; return those that were refused."""
    before = {"name": member.name, "handle": member.handle}
    with force_locale(member.language):
        member.name = _("Member %(number)s", number=member.id)
    member.handle = f"member-{member.id}"
    while is_handle_taken(member.handle, member.id):
        member.handle += "x"
    member.handle_skeleton = skeleton_of(member.handle)
    db.session.flush()
    return before


@transaction
@unguarded("called by measures of moderation only, which require their policy")
def give_name_back(member: Member, before: dict[str, str]) -> None:
    """Give a member the refused name and handle again. Raises Conflict if the handle is taken."""
    if is_handle_taken(before["handle"], member.id):
        raise Conflict(_l("Somebody else has this handle by now."))
    member.name, member.handle = before["name"], before["handle"]
    member.handle_skeleton = skeleton_of(member.handle)
    db.session.flush()


@transaction
@unguarded("called by measures of moderation only, which require their policy")
def show_avatar(member: Member, avatar: str) -> dict[str, str]:
    """Show this picture beside the name, "" for none; return the one that was shown."""
    before = {"avatar": member.avatar}
    member.avatar = avatar
    db.session.flush()
    return before
