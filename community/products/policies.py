"""Who may arrange products, topics and tags."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_arrange(actor: Actor) -> Verdict:
    """Admins decide what there is to ask about."""
    return allowed_if(actor.is_admin, _l("Only admins arrange products and topics."))


def may_appoint_moderators(actor: Actor) -> Verdict:
    """Admins decide who moderates a product."""
    return allowed_if(actor.is_admin, _l("Only admins appoint moderators."))
