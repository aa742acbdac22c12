"""Who sets the checks and the watched words."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_set_checks(actor: Actor) -> Verdict:
    """Moderators set what holds posts: they see what comes of it."""
    return allowed_if(actor.is_moderator, _l("Only moderators set the checks."))
