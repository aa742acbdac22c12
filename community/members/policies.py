"""Who may do what with an account."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_change_account(actor: Actor) -> Verdict:
    """Members change their own account, and nobody else's; every service changes the actor's."""
    return allowed_if(
        actor.is_authenticated and not actor.is_suspended, _l("Log in to change your account.")
    )
