"""Finding the rules of the community."""

from __future__ import annotations

from sqlalchemy import func, select

from community.core.db import db
from community.moderation import presets as ready
from community.moderation.models.rules import RulesVersion


def number_in_force() -> int:
    """Return the number of the rules that hold now; 1 for those that every forum begins with."""
    return db.session.scalar(select(func.max(RulesVersion.number))) or 1


def presets(*, on_member: bool = False) -> tuple[ready.Preset, ...]:
    """Return what is usually done about a breach of each rule, for dialogs."""
    return ready.ON_A_MEMBER if on_member else ready.ON_A_POST
