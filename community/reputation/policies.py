"""Who may do what with reputation."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_rule(actor: Actor) -> Verdict:
    """Moderators say what is spam."""
    return allowed_if(actor.is_moderator, _l("Only moderators say what is spam."))


def may_see_ledger(actor: Actor, member_id: int) -> bool:
    """Members see their own ledger post by post, and what others earned by kind of deed."""
    return actor.id == member_id


def may_be_measured(actor: Actor) -> Verdict:
    """Reading is measured for members who have not switched it off."""
    return allowed_if(actor.measures_reading, _l("Your reading is not measured."))


def may_make_leader(actor: Actor) -> Verdict:
    """Admins make leaders, by hand and with a reason."""
    return allowed_if(actor.is_admin, _l("Only admins make leaders."))


def may_investigate(actor: Actor) -> Verdict:
    """Moderators look into who voted, each time with a reason."""
    return allowed_if(actor.is_moderator, _l("Only moderators look into votes."))


def may_clear_votes(actor: Actor) -> Verdict:
    """Moderators let votes count again that a check took out wrongly, with a reason."""
    return allowed_if(actor.is_moderator, _l("Only moderators let votes count again."))
