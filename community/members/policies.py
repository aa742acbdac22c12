"""Who may do what with an account."""

from __future__ import annotations

from flask_babel import LazyString

from community.core.i18n import _l, to_the_minute
from community.core.policy import ALLOWED, Verdict, allowed_if
from community.members.models import Actor, Invitation, Member, Role


def may_write(actor: Actor) -> Verdict:
    """Every member may write whom no measure keeps from it; who may not is told until when."""
    if not actor.is_authenticated:
        return Verdict(_l("Log in to write."))
    if actor.is_suspended:
        return Verdict(_l("Your account is suspended."))
    if actor.is_muted:
        until = LazyString(to_the_minute, actor.muted_until)
        return Verdict(
            _l(
                "You can read but not write until %(until)s. The notice at the top says why.",
                until=until,
            )
        )
    return ALLOWED


def may_change_account(actor: Actor) -> Verdict:
    """Members change their own account, and nobody else's; every service changes the actor's."""
    if actor.is_authenticated and actor.is_suspended:
        return Verdict(_l("Your account is suspended."))
    return may_keep_account(actor)


def may_keep_account(actor: Actor) -> Verdict:
    """Who is suspended, too, keeps the account safe and chooses a language."""
    return allowed_if(
        actor.is_authenticated and actor.may_log_in, _l("Log in to change your account.")
    )


def may_leave(actor: Actor, *, has_other_admin: bool) -> Verdict:
    """Everybody may leave but the last admin, without whom nobody could run the forum."""
    if actor.is_admin and not has_other_admin:
        return Verdict(_l("You are the only admin. Make somebody else an admin first."))
    return may_change_account(actor)


def may_appoint(actor: Actor) -> Verdict:
    """Admins decide who moderates, who administers, and who speaks for the company."""
    return allowed_if(actor.is_admin, _l("Only admins appoint people."))


def may_invite(actor: Actor, role: Role) -> Verdict:
    """Moderators invite people to join; admins alone give them powers with it."""
    is_in = not actor.is_suspended
    if role != Role.MEMBER:
        return allowed_if(actor.is_admin and is_in, _l("Only admins appoint people."))
    return allowed_if(actor.is_moderator and is_in, _l("Only moderators and admins invite people."))


def may_change_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Admins send any invitation again or take it back; moderators their own."""
    is_mine = actor.is_moderator and actor.id == invitation.inviter_id
    return allowed_if(actor.is_admin or is_mine, _l("Somebody else sent this invitation."))


def may_look(actor: Actor) -> Verdict:
    """Admins see the forum as others do; nobody with less power, and never by automation."""
    allowed = actor.is_admin and not actor.is_suspended
    return allowed_if(allowed, _l("Only admins see the forum as somebody else."))


def may_look_as(actor: Actor, member: Member) -> Verdict:
    """Admins see the forum as members and moderators do, not as other admins do."""
    if not may_look(actor):
        return may_look(actor)
    if member.is_admin:
        return Verdict(_l("Nobody sees the forum as an admin but that admin."))
    return allowed_if(member.deleted_at is None, _l("This member has left the community."))
