"""Pictures of members: made small and square, and kept without what else was in the file."""

from __future__ import annotations

import secrets

from community.core.files import storage
from community.core.images import reencode
from community.core.policy import require
from community.members.models import Member
from community.members.policies import may_change_account
from community.members.services import profile

SIDE = 192  # pixels; twice the size at which it is shown


def take(actor: Member, data: bytes) -> None:
    """Show this picture beside the member's name. Raises Invalid for what is no picture.

    It is decoded outside of any transaction: that takes time, and writers would wait.
    """
    require(may_change_account(actor))
    picture = reencode(data, square=SIDE)
    name = f"{secrets.token_hex(16)}.{picture.extension}"
    storage().save(name, picture.data)
    _replace(actor, name)


def remove(actor: Member) -> None:
    """Show initials again."""
    _replace(actor, "")


def _replace(actor: Member, name: str) -> None:
    before = actor.avatar
    profile.show_picture(actor, name)
    if before:
        storage().delete(before)
