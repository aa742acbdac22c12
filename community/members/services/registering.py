"""Making an account."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from community.core import audit
from community.core.brand import NAME
from community.core.db import db, save, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.jobs import enqueue
from community.core.policy import allowed_if, require, unguarded
from community.core.settings import Setting
from community.members import handles, names, queries
from community.members.confusables import skeleton_of
from community.members.events import MemberJoined
from community.members.models import Member
from community.members.services import attempts

OPEN = Setting(
    "registration_open",
    default=True,
    meaning="Whether everybody may make an account; otherwise only those who are invited.",
)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What somebody says who wants an account. The password is a hash already."""

    name: str
    handle: str
    email: str
    password_hash: str
    language: str = "en"
    time_zone: str = "UTC"


@transaction
@unguarded("everybody may have an account")
def register(wanted: Registration, origin: str) -> Member:
    """Make an account and send a link that confirms the address.

    Nobody learns here whether an address has an account already: the new one comes to be in any
    case, with an address that waits to be confirmed, and the owner of the address gets a mail.
    Raises Invalid for a name or handle that cannot be, TooMany, Conflict if somebody took the
    handle at the same moment, and Forbidden where only those who are invited join.
    """
    require(allowed_if(OPEN.get(), _l("Only people who were invited can join this community.")))
    attempts.note("sign-up", origin, *attempts.SIGN_UP_OF_ADDRESS)
    member = open_account(wanted)
    member.pending_email = wanted.email
    owner = queries.by_email(wanted.email)
    if owner is None:
        enqueue("members.mail_confirmation", member_id=member.id, email=wanted.email)
    else:
        enqueue("members.mail_known_address", member_id=owner.id, handle=member.handle)
    return member


@transaction
@unguarded("called by services that checked")
def open_account(wanted: Registration) -> Member:
    """Make an account without an address. Raises Invalid for a name or handle that cannot be."""
    check_handle_is_free(wanted.handle)
    names.check(wanted.name, NAME.get())
    member = save(
        Member(
            name=wanted.name,
            handle=wanted.handle,
            handle_skeleton=skeleton_of(wanted.handle),
            password_hash=wanted.password_hash,
            language=wanted.language,
            time_zone=wanted.time_zone,
        )
    )
    audit.record(member.id, "registered", f"members:{member.id}")
    emit(MemberJoined(member_id=member.id))
    return member


@transaction
@unguarded("changes nothing")
def check_handle_is_free(handle: str) -> None:
    """Raise Invalid for a handle that cannot be, is taken, or looks like one that is taken."""
    handles.check(handle, NAME.get())
    alike = or_(Member.handle == handle, Member.handle_skeleton == skeleton_of(handle))
    if db.session.scalar(select(Member.id).where(alike).limit(1)):
        raise Invalid(_l("This handle is taken, or looks like one that is."), field="handle")
