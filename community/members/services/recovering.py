"""Proving an address, and getting back into an account by mail."""

from __future__ import annotations

from sqlalchemy import update

from community.core import audit
from community.core.clock import now
from community.core.db import db, lock, transaction
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.jobs import enqueue
from community.core.policy import require, unguarded
from community.members import names, queries, sessions
from community.members.models import Member, Purpose, Session
from community.members.policies import may_change_account
from community.members.services import attempts, tokens


@transaction
@unguarded("whoever forgot a password cannot log in")
def ask_reset(email: str, origin: str) -> None:
    """Have a link sent that sets a new password, if the address belongs to an account.

    Nothing that is done here differs by whether it does; the worker finds that out. Raises TooMany.
    """
    attempts.note("reset", email, attempts.RESET_OF_EMAIL)
    attempts.note("reset-from", origin, attempts.RESET_OF_ADDRESS)
    audit.record(None, "reset-asked")
    enqueue("members.mail_reset", email=email, asked_at=now().isoformat())


@transaction
@unguarded("whoever holds the token may use it")
def reset(token: str, password_hash: str) -> Member:
    """Set a new password by a link from a mail, end every session, and confirm the address.

    Raises Gone for a link that is used up, too old, or overtaken.
    """
    proof = tokens.take(token, Purpose.RESET_PASSWORD)
    member = lock(proof.member)
    member.password_hash = password_hash
    own(member, proof.email)
    tokens.end_all(member)
    sessions.revoke(Session.member_id == member.id)
    audit.record(member.id, "reset-done", f"members:{member.id}")
    enqueue("members.mail_password_changed", member_id=member.id)
    return member


@transaction
@unguarded("whoever holds the token may use it")
def confirm(token: str) -> Member:
    """Take note that an address is the member's. Raises Gone, or Conflict if another has it."""
    proof = tokens.take(token, Purpose.CONFIRM_EMAIL)
    member = lock(proof.member)
    before = member.email
    own(member, proof.email)
    facts = {"before": names.masked(before), "after": names.masked(member.email)}
    audit.record(member.id, "email-changed", f"members:{member.id}", **facts)
    if before and before != member.email:
        enqueue("members.mail_email_changed", member_id=member.id, email=before)
    return member


@transaction
def change_email(actor: Member, email: str) -> None:
    """Have a link sent to a new address; the old one stays until the link is opened."""
    require(may_change_account(actor))
    attempts.note("confirmation", str(actor.id), attempts.CONFIRMATION)
    actor.pending_email = email
    owner = queries.by_email(email)
    if owner is None:
        enqueue("members.mail_confirmation", member_id=actor.id, email=email)
    elif owner.id != actor.id:
        enqueue("members.mail_known_address", member_id=owner.id, handle=actor.handle)


@transaction
@unguarded("called by services that hold a proof of the address")
def own(member: Member, email: str) -> None:
    """Make a proven address the member's. Raises Conflict if another has proven it too."""
    owner = queries.by_email(email)
    if owner is not None and owner.id != member.id:
        raise Conflict(_l("This address belongs to another account."))
    member.email, member.email_confirmed_at, member.pending_email = email, now(), ""
    others = update(Member).where(Member.pending_email == email, Member.id != member.id)
    db.session.execute(others.values(pending_email=""))
