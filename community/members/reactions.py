"""Mails to members about their accounts: one function for each.

A link that opens an account is made when its mail is sent, so that it lies nowhere else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import mail
from community.core.clock import now
from community.core.jobs import job
from community.members import queries
from community.members.models import Member, Purpose
from community.members.services import inviting, tokens


@job("members.mail_confirmation")
def mail_confirmation(member_id: int, email: str) -> None:
    """Send the link that confirms an address."""
    member = queries.by_id(member_id)
    if member is None or not member.may_log_in or member.pending_email != email:
        return
    token = tokens.issue(member, Purpose.CONFIRM_EMAIL, email)
    address = mail.link("members.confirm", token=token)
    mail.deliver(_written(member, email, "confirm", address=address))


@job("members.mail_known_address")
def mail_known_address(member_id: int, handle: str) -> None:
    """Tell the owner of an address that somebody made an account with it."""
    member = queries.by_id(member_id)
    if member is not None and member.email:
        values = {"handle": handle, "address": mail.link("members.forgot")}
        mail.deliver(_written(member, member.email, "known_address", **values))


@job("members.mail_reset")
def mail_reset(email: str, asked_at: str) -> None:
    """Send the link that sets a new password, or nothing to an address that nobody has here."""
    found = queries.called(email)
    asked_long_ago = datetime.fromisoformat(asked_at) < now() - timedelta(hours=1)
    if not found or not found[0].may_log_in or asked_long_ago:
        return
    token = tokens.issue(found[0], Purpose.RESET_PASSWORD, email)
    address = mail.link("members.reset", token=token)
    mail.deliver(_written(found[0], email, "reset", address=address))


@job("members.mail_password_changed")
def mail_password_changed(member_id: int) -> None:
    """Tell a member that the password is another one."""
    member = queries.by_id(member_id)
    if member is not None and member.email:
        address = mail.link("members.forgot")
        mail.deliver(_written(member, member.email, "password_changed", address=address))


@job("members.mail_email_changed")
def mail_email_changed(member_id: int, email: str) -> None:
    """Tell the old address that it is no longer the member's."""
    member = queries.by_id(member_id)
    if member is not None:
        mail.deliver(_written(member, email, "email_changed"))


@job("members.mail_invitation")
def mail_invitation(invitation_id: int) -> None:
    """Send the link that makes an account, or tell the owner of an account that it is there."""
    invitation = queries.invitation(invitation_id)
    if invitation is None or not invitation.is_open:
        return
    owner = queries.by_email(invitation.email)
    if owner is not None:
        values = {"inviter": invitation.inviter.name, "address": mail.link("members.login")}
        mail.deliver(_written(owner, invitation.email, "invited_member", **values))
        return
    address = mail.link("members.join", token=inviting.issue(invitation))
    mail.deliver(
        mail.written(
            invitation.email,
            "members/invited",
            invitation.language,
            invitation=invitation,
            address=address,
        )
    )


def _written(member: Member, email: str, name: str, **values: str) -> mail.Letter:
    return mail.written(email, f"members/{name}", member.language, member=member, **values)
