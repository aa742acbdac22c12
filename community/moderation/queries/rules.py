"""Finding the rules of the community."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from community.core.db import db
from community.core.errors import NotFound
from community.core.i18n import _l
from community.moderation import presets as ready
from community.moderation.models.rules import RulesVersion
from community.moderation.starters import first_version


def number_in_force() -> int:
    """Return the number of the rules that hold now; 1 for those that every forum begins with."""
    return db.session.scalar(select(func.max(RulesVersion.number))) or 1


def presets(*, on_member: bool = False) -> tuple[ready.Preset, ...]:
    """Return what is usually done about a breach of each rule, for dialogs."""
    return ready.ON_A_MEMBER if on_member else ready.ON_A_POST


def in_force() -> RulesVersion:
    """Return the rules that hold now."""
    latest = select(RulesVersion).order_by(RulesVersion.number.desc()).limit(1)
    return db.session.scalar(latest) or first_version()


def numbered(number: int) -> RulesVersion:
    """Return an earlier version. Raises NotFound."""
    found = db.session.scalar(select(RulesVersion).where(RulesVersion.number == number))
    if found is None and number == 1:
        return first_version()
    if found is None:
        raise NotFound(_l("There is no such version of the rules."))
    return found


def versions() -> Sequence[RulesVersion]:
    """Return every version, the latest first."""
    published = db.session.scalars(select(RulesVersion).order_by(RulesVersion.number.desc()))
    return [*published, first_version()]
