"""Who may do what with notices."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor
from community.notifications.models import Notification


def may_choose(actor: Actor) -> Verdict:
    """Members choose what they hear of, each for themselves."""
    return allowed_if(actor.is_authenticated, _l("Log in to see what concerns you."))


def may_open(actor: Actor, notification: Notification) -> Verdict:
    """Everybody opens their own notices only."""
    return allowed_if(
        actor.is_authenticated and actor.id == notification.member_id,
        _l("This notice is for somebody else."),
    )
