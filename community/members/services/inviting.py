"""Asking people by mail to join, and joining so: each link works once, and for a while.

Whether an address has an account already, nobody learns who invites it: the worker finds that out
when it writes the mail, and the owner of the address alone reads it. docs/decisions/0098.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update

from community.core import audit
from community.core.clock import now
from community.core.db import db, lock, save, take_turns, transaction
from community.core.errors import Conflict, Gone
from community.core.i18n import _l
from community.core.jobs import enqueue, periodic
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.members import names, queries
from community.members.models import Invitation, Member, Role
from community.members.policies import may_change_invitation, may_invite
from community.members.recognition import hashed
from community.members.services import attempts, recovering, registering
from community.members.services.tokens import TOKEN_BYTES

DAYS = Setting(
    "invitation_days", 14, "Days for which the link in an invitation works.", least=1, most=60
)
MOST_AT_ONCE = 50
OF_ONE_MEMBER = attempts.Pace(200, timedelta(days=1))
# How long it is remembered that an address was invited in vain.
KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """As what somebody is invited, and what the mail says."""

    role: Role = Role.MEMBER
    language: str = "en"
    message: str = ""


@transaction
def invite(actor: Member, emails: Sequence[str], wish: Wish) -> None:
    """Have an invitation sent to each address; earlier ones to it end. Raises TooMany."""
    require(may_invite(actor, wish.role))
    for email in emails:
        attempts.note("invitation", str(actor.id), OF_ONE_MEMBER)
        _end(Invitation.email == email)
        invitation = Invitation(
            email=email,
            role=wish.role,
            language=wish.language,
            message=wish.message,
            inviter_id=actor.id,
            expires_at=_end_of_new(),
        )
        _send(actor, save(invitation), "invited")


@transaction
def send_again(actor: Member, invitation: Invitation) -> None:
    """Send an invitation once more, with a new link; the one sent before ends. Raises Conflict."""
    require(may_change_invitation(actor, lock(invitation)))
    require(may_invite(actor, invitation.role))
    if invitation.accepted_at or invitation.revoked_at:
        raise Conflict(_l("This invitation is over already."))
    attempts.note("invitation", str(actor.id), OF_ONE_MEMBER)
    invitation.invited_at, invitation.expires_at = now(), _end_of_new()
    invitation.token_hash = None
    _send(actor, invitation, "invited-again")


@transaction
def revoke(actor: Member, invitation: Invitation) -> None:
    """Take an invitation back: its link is worth nothing from now on. Raises Conflict."""
    require(may_change_invitation(actor, lock(invitation)))
    if invitation.accepted_at or invitation.revoked_at:
        raise Conflict(_l("This invitation is over already."))
    invitation.revoked_at, invitation.token_hash = now(), None
    facts = {"email": names.masked(invitation.email)}
    audit.record(actor.id, "invitation-revoked", f"invitations:{invitation.id}", before=facts)


@transaction
@unguarded("goes out by mail to the address alone, and only its owner can use it")
def issue(invitation: Invitation) -> str:
    """Return a new token for the link in the mail. The one sent before ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    lock(invitation).token_hash = hashed(token)
    return token


@transaction
@unguarded("changes nothing; whoever holds the token may ask")
def check(token: str) -> Invitation:
    """Return the invitation that a link belongs to. Raises Gone."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == hashed(token)))
    if found is None or not found.is_open:
        raise Gone(_too_late())
    return found


@transaction
@unguarded("whoever holds the token may use it")
def accept(token: str, wanted: registering.Registration) -> Member:
    """Make the account of somebody who was invited; the link proves the address.

    Raises Gone for a link that is used up, taken back or too old, Conflict if the address has
    come to have an account, and Invalid for a name or handle that cannot be.
    """
    take_turns("admins")
    invitation = lock(check(token))
    if not invitation.is_open:
        raise Gone(_too_late())
    email, role = invitation.email, _role_of(invitation)
    if queries.by_email(email) is not None:
        raise Conflict(_l("You have an account with this address already. Please log in."))
    member = registering.open_account(wanted)
    recovering.own(member, email)
    member.role = role
    invitation.accepted_at, invitation.member_id = now(), member.id
    invitation.token_hash, invitation.email, invitation.message = None, "", ""
    _end(Invitation.email == email)
    subject = f"invitations:{invitation.id}"
    audit.record(member.id, "invitation-accepted", subject, after={"role": role})
    return member


@periodic("forget_old_invitations", hour="4", minute="40")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget the addresses of those who did not come."""
    long_ago = now() - KEPT
    is_over = or_(Invitation.expires_at < long_ago, Invitation.revoked_at < long_ago)
    db.session.execute(delete(Invitation).where(Invitation.accepted_at.is_(None), is_over))


def _send(actor: Member, invitation: Invitation, act: str) -> None:
    after = {"email": names.masked(invitation.email), "role": invitation.role}
    audit.record(actor.id, act, f"invitations:{invitation.id}", after=after)
    enqueue("members.mail_invitation", invitation_id=invitation.id)


def _end(*which: ColumnElement[bool]) -> None:
    """Take back the invitations that nobody has accepted yet for which this is true."""
    unused = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None), *which)
    over = update(Invitation).where(*unused).values(revoked_at=now(), token_hash=None)
    db.session.execute(over)


def _role_of(invitation: Invitation) -> Role:
    """Return the role that goes with it, if whoever gave it may still give it."""
    inviter = db.session.get(Member, invitation.inviter_id)
    stands = inviter is not None and bool(may_invite(lock(inviter), invitation.role))
    return invitation.role if stands else Role.MEMBER


def _end_of_new() -> datetime:
    return now() + timedelta(days=DAYS.get())


def _too_late() -> object:
    return _l(
        "This invitation was used already, was taken back, or is too old. "
        "Please ask whoever invited you for a new one."
    )
