"""Giving members powers and passwords from the command line, where whoever types is the owner."""

from __future__ import annotations

from community.core import audit
from community.core.clock import now
from community.core.db import lock, take_turns, transaction
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members import queries, sessions
from community.members.models import Member, Role, Session
from community.members.policies import may_appoint
from community.members.services import tokens

LONGEST_TITLE = 60


@transaction
@unguarded("whoever may run commands owns the forum")
def make_admin(member: Member, title: str = "") -> None:
    """Let a member run the forum."""
    take_turns("admins")
    before = lock(member).role
    member.role = Role.ADMIN
    member.staff_title = title or member.staff_title
    facts = {"before": before, "after": Role.ADMIN, "reason": "command line"}
    audit.record(None, "made-admin", f"members:{member.id}", **facts)


@transaction
@unguarded("whoever may run commands owns the forum")
def appoint(member: Member, role: Role | None, title: str | None) -> None:
    """Give a member a role, a title, or both; an empty title makes staff a customer again.

    Raises Conflict where nobody who administers the forum would be left.
    """
    take_turns("admins")
    before = {"role": lock(member).role, "title": member.staff_title}
    if member.is_admin and role not in {None, Role.ADMIN} and not queries.has_other_admin(member):
        raise Conflict(_l("This is the only admin. Make another one first."))
    member.role = role or member.role
    member.staff_title = member.staff_title if title is None else title
    facts = {"before": before, "after": {"role": member.role, "title": member.staff_title}}
    audit.record(None, "appointed", f"members:{member.id}", **facts, reason="command line")


@transaction
def assign(actor: Member, member: Member, role: Role, title: str) -> None:
    """Give a member a role and a title; an empty title makes staff a customer again.

    Raises Conflict where nobody who administers the forum would be left: two admins who dismiss
    each other at the same moment wait for each other, and the second is refused.
    """
    take_turns("admins")
    require(may_appoint(lock(actor)))
    before = {"role": lock(member).role, "title": member.staff_title}
    if member.is_admin and role != Role.ADMIN and not queries.has_other_admin(member):
        raise Conflict(_l("This is the only admin. Make another one first."))
    member.role, member.staff_title = role, " ".join(title.split())[:LONGEST_TITLE]
    after = {"role": member.role, "title": member.staff_title}
    if after != before:
        audit.record(actor.id, "appointed", f"members:{member.id}", before=before, after=after)


@transaction
@unguarded("whoever may run commands owns the forum")
def set_password(member: Member, password_hash: str) -> None:
    """Set a member's password and end every session."""
    member.password_hash = password_hash
    member.email_confirmed_at = member.email_confirmed_at or (now() if member.email else None)
    tokens.end_all(member)
    sessions.revoke(Session.member_id == member.id)
    audit.record(None, "password-changed", f"members:{member.id}", reason="command line")


@transaction
@unguarded("whoever may run commands owns the forum")
def end_sessions(member: Member) -> None:
    """Log a member out everywhere."""
    sessions.revoke(Session.member_id == member.id)
    audit.record(None, "session-ended", f"members:{member.id}", reason="command line")
