"""Who may do what with an account."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_change_account(actor: Actor) -> Verdict:
    """Members change their own account, and nobody else's; every service changes the actor's."""
    return allowed_if(
        actor.is_authenticated and actor.may_log_in, _l("Log in to change your account.")
    )


def may_leave(actor: Actor, admins: int) -> Verdict:
    """Everybody may leave but the last admin, without whom nobody could run the forum."""
    if actor.is_admin and admins <= 1:
        return Verdict(_l("You are the only admin. Make somebody else an admin first."))
    return may_change_account(actor)
