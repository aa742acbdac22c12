"""What moderation looks for at this moment: the checks as they are set, and the watched words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from sqlalchemy import select

from community.core.db import db
from community.core.recordings import depends_on
from community.core.shared_parts import shared
from community.moderation.models.words import WatchedWord
from community.moderation.queries import checks
from community.moderation.watching.patterns import Watched

# The topic that changes when a check or a watched word does.
RULES = "rules"


class Rules(NamedTuple):
    """The checks by their names, and all watched words as the finder takes them."""

    checks: Mapping[str, checks.Setting]
    words: Sequence[Watched]


# What the finder takes, and not the rows: they are read for every text that is sent.
_WORDS = select(*(WatchedWord.__table__.c[each.name] for each in fields(Watched)))


def rules() -> Rules:
    """Return what is in force, read once for all who write until something of it changes.

    How often each check and word has hit is not told: that would be as old as the rest.
    """

    def read() -> Rules:
        depends_on((RULES, 0))
        found = db.session.execute(_WORDS)
        return Rules(checks.settings(), [Watched(**word) for word in found.mappings()])

    return shared((RULES, 0), read)
