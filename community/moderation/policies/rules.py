"""Who writes the rules of the community, and who accepts them."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_write_rules(actor: Actor) -> Verdict:
    """Admins write the rules."""
    return allowed_if(actor.is_admin, _l("Only admins write the rules."))


def may_accept_rules(actor: Actor) -> Verdict:
    """Members accept the rules, each for themselves."""
    return allowed_if(actor.is_authenticated, _l("Log in to accept the rules."))
