"""What members say about themselves, and how the forum speaks to them."""

from __future__ import annotations

from community.core.db import transaction
from community.core.policy import require
from community.members.models import Member
from community.members.policies import may_change_account


@transaction
def speak(actor: Member, language: str) -> None:
    """Speak another language to the member, on pages and in mails."""
    require(may_change_account(actor))
    actor.language = language
