"""What levels of trust are called."""

from __future__ import annotations

from community.core.i18n import _
from community.members.trust import Level


def level_names() -> dict[int, str]:
    """Return the names of the levels in the reader's language."""
    return {
        Level.NEW: _("New"),
        Level.BASIC: _("Basic"),
        Level.MEMBER: _("Member"),
        Level.REGULAR: _("Regular"),
        Level.LEADER: _("Leader"),
    }
