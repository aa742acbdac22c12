"""Links in mails: good once, for a while, and only for what they were made for."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.errors import Gone
from community.core.i18n import _l
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.members.models import Member, Purpose, Token
from community.members.recognition import hashed

TOKEN_BYTES = 32
GOOD_FOR = {Purpose.CONFIRM_EMAIL: timedelta(hours=24), Purpose.RESET_PASSWORD: timedelta(hours=1)}


@transaction
@unguarded("goes out by mail to the address alone, and only its owner can use it")
def issue(member: Member, purpose: Purpose, email: str) -> str:
    """Return a new token for a link in a mail. Earlier ones for the same purpose end."""
    _end(member.id, purpose)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    save(
        Token(
            token_hash=hashed(token),
            member_id=member.id,
            purpose=purpose,
            email=email,
            epoch=_epoch_of(member),
            expires_at=now() + GOOD_FOR[purpose],
        )
    )
    return token


@transaction
@unguarded("whoever holds the token may use it")
def take(token: str, purpose: Purpose) -> Token:
    """Use a token up and return what it was good for, with its member. Raises Gone."""
    found = check(token, purpose)
    # Whoever deletes the row uses the token: two at the same moment cannot both.
    used = delete(Token).where(Token.id == found.id).returning(Token.id)
    if db.session.scalar(used) is None:
        raise Gone(_too_late())
    _end(found.member_id, purpose)
    return found


@transaction
@unguarded("changes nothing; whoever holds the token may ask")
def check(token: str, purpose: Purpose) -> Token:
    """Return what a token is good for, with its member, without using it up. Raises Gone."""
    rows = select(Token).where(Token.token_hash == hashed(token), Token.purpose == purpose)
    found = db.session.scalar(rows.options(joinedload(Token.member)))
    if found is None or found.expires_at < now() or found.epoch != _epoch_of(found.member):
        raise Gone(_too_late())
    return found


@transaction
@unguarded("called by services that checked")
def end_all(member: Member) -> None:
    """End every link that was sent to a member."""
    db.session.execute(delete(Token).where(Token.member_id == member.id))


@periodic("forget_old_tokens", hour="4", minute="30")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget the links that are too old."""
    db.session.execute(delete(Token).where(Token.expires_at < now()))


def _epoch_of(member: Member) -> str:
    """Return what changes with the password and the address: it ends what was sent before."""
    return hashed(f"{member.password_hash}\n{member.email}\n{member.may_log_in}")


def _end(member_id: int, purpose: Purpose) -> None:
    mine = delete(Token).where(Token.member_id == member_id, Token.purpose == purpose)
    db.session.execute(mine)


def _too_late() -> object:
    return _l("This link was used already, or is too old. Please ask for a new one.")
