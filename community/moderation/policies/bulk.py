"""Who may do something to many posts and accounts at once, and undo it."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor, Member
from community.moderation.models.bulk import BulkAct


def may_act_in_bulk(actor: Actor) -> Verdict:
    """Moderators of the whole community do something to many posts at once."""
    return allowed_if(actor.is_moderator, _l("Only moderators restrict posts and members."))


def may_remove_spammer(actor: Actor, member: Member) -> Verdict:
    """Moderators remove what an account did, but not their own, and nobody's of the staff."""
    if member.id == actor.id:
        return Verdict(_l("You cannot restrict yourself."))
    if member.is_staff or member.is_moderator:
        return Verdict(_l("This account belongs to the staff. Take a measure instead."))
    return may_act_in_bulk(actor)


def may_undo(actor: Actor, act: BulkAct) -> Verdict:
    """Moderators undo what was done to many, for a day."""
    if not act.can_be_undone:
        return Verdict(_l("This cannot be undone any more."))
    return may_act_in_bulk(actor)
