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
