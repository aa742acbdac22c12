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


def may_hang_banners(actor: Actor) -> Verdict:
    """Admins say something to everybody at once."""
    return allowed_if(actor.is_admin, _l("Only admins hang up banners."))


def may_dismiss_banners(actor: Actor) -> Verdict:
    """Members put banners away for themselves; guests do so in their browser."""
    return allowed_if(actor.is_authenticated, _l("Log in to put this away on every device."))


def may_prepare_replies(actor: Actor) -> Verdict:
    """Admins write the replies that staff use again and again."""
    return allowed_if(actor.is_admin, _l("Only admins change prepared replies."))


def may_use_replies(actor: Actor) -> Verdict:
    """Staff and moderators answer with prepared replies."""
    works_here = actor.is_staff or actor.moderates_something
    return allowed_if(works_here, _l("Only staff use prepared replies."))
