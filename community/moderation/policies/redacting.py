"""Who may take personal data out of posts."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor


def may_redact(actor: Actor) -> Verdict:
    """Moderators take personal data out: it cannot be undone."""
    return allowed_if(actor.is_moderator, _l("Only moderators take personal data out."))
