"""Mails to members about their accounts: one function for each.

A link that opens an account is made when its mail is sent, so that it lies nowhere else.
"""

from __future__ import annotations

from community.core import mail
from community.core.jobs import job
from community.members import queries
from community.members.models import Member, Purpose
from community.members.services import tokens


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


def _written(member: Member, email: str, name: str, **values: str) -> mail.Letter:
    return mail.written(email, f"members/{name}", member.language, member=member, **values)
