"""Who may run the community."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_change_settings(actor: Actor) -> Verdict:
    """Admins decide how the community works."""
    return allowed_if(actor.is_admin, _l("Only admins change settings."))


def may_dress(actor: Actor) -> Verdict:
    """Admins decide how the community looks."""
    return allowed_if(actor.is_admin, _l("Only admins change the brand."))
