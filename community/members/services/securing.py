"""Keeping an account in the right hands: password, sessions, and the end of it."""

from __future__ import annotations

from sqlalchemy import select

from community.core import audit
from community.core.clock import now
from community.core.db import db, lock, take_turns, transaction
from community.core.errors import NotFound
from community.core.events import emit
from community.core.i18n import _l
from community.core.jobs import enqueue
from community.core.policy import require
from community.members import queries, sessions
from community.members.events import MemberLeft
from community.members.models import Member, Role, Session
from community.members.policies import may_keep_account, may_leave
from community.members.services import attempts, tokens


@transaction
def note_password_again(actor: Member) -> int:
    """Note that a member is asked for the password once more. Raises TooMany."""
    require(may_keep_account(actor))
    return attempts.note("password-again", str(actor.id), attempts.PASSWORD_AGAIN)


@transaction
def change_password(actor: Member, password_hash: str, session_id: int | None = None) -> None:
    """Set a new password; every session but the present one ends, and every link sent before."""
    require(may_keep_account(actor))
    actor.password_hash = password_hash
    tokens.end_all(actor)
    sessions.revoke(Session.member_id == actor.id, Session.id != (session_id or 0))
    audit.record(actor.id, "password-changed", f"members:{actor.id}")
    enqueue("members.mail_password_changed", member_id=actor.id)


@transaction
def end_session(actor: Member, session_id: int) -> None:
    """Log the member out on another device. Raises NotFound for what is no session of theirs."""
    require(may_keep_account(actor))
    mine = select(Session.id).where(Session.id == session_id, Session.member_id == actor.id)
    if db.session.scalar(mine) is None:
        raise NotFound(_l("This session has ended already."))
    sessions.revoke(Session.id == session_id, Session.member_id == actor.id)
    audit.record(actor.id, "session-ended", f"members:{actor.id}")


@transaction
def end_other_sessions(actor: Member, session_id: int | None = None) -> None:
    """Log the member out everywhere but here."""
    require(may_keep_account(actor))
    sessions.revoke(Session.member_id == actor.id, Session.id != (session_id or 0))
    audit.record(actor.id, "session-ended", f"members:{actor.id}", reason="all others")


@transaction
def delete_account(actor: Member) -> None:
    """Forget everything personal. Posts stay, under "former member".

    Two admins who leave at the same moment wait for each other, and the second is refused.
    """
    take_turns("admins")
    require(may_leave(lock(actor), has_other_admin=queries.has_other_admin(actor)))
    sessions.revoke(Session.member_id == actor.id)
    tokens.end_all(actor)
    _forget(actor)
    audit.record(actor.id, "account-deleted", f"members:{actor.id}")
    emit(MemberLeft(member_id=actor.id))


def _forget(member: Member) -> None:
    nobody = f"~{member.id}"  # No handle that can be chosen looks like this.
    for column in ("name", "about", "about_html", "website", "avatar", "pending_email"):
        setattr(member, column, "")
    member.handle = member.handle_skeleton = nobody
    member.password_hash = member.staff_title = ""
    member.email = member.email_confirmed_at = member.last_seen_at = None
    member.role, member.deleted_at, member.chosen_badge = Role.MEMBER, now(), None
