"""Who may say that two threads are translations of each other."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_link_translations(actor: Actor) -> Verdict:
    """Staff do: it is their own words that stand in two languages."""
    return allowed_if(actor.is_staff, _l("Only staff may come in here."))
