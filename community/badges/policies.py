"""Who may do what with badges."""

from __future__ import annotations

from community.badges.models import Badge
from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor, Member


def may_give(actor: Actor) -> Verdict:
    """Staff and moderators honour members."""
    return allowed_if(actor.is_staff or actor.is_moderator, _l("Only staff give badges."))


def may_give_to(actor: Actor, badge: Badge, member: Member) -> Verdict:
    """What is earned by a rule is not given by hand, and nobody honours themselves."""
    if badge.retired_at is not None:
        return Verdict(_l("This badge is retired. Please choose another one."))
    if not badge.is_given:
        return Verdict(_l("This badge is earned by a rule. Please choose another one."))
    if actor.id == member.id:
        return Verdict(_l("Somebody else has to give you a badge."))
    return may_give(actor)


def may_wear(actor: Actor, badge: Badge | None, holds: bool) -> Verdict:  # noqa: FBT001
    """Members show beside their names what they hold, or nothing."""
    if not actor.is_authenticated:
        return Verdict(_l("Log in to choose a badge."))
    return allowed_if(badge is None or holds, _l("You do not hold this badge."))


def may_design(actor: Actor) -> Verdict:
    """Admins decide which badges there are and how they are earned."""
    return allowed_if(actor.is_admin, _l("Only admins make and change badges."))
