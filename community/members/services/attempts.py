"""What may be tried only so often, counted exactly: from rows, over all processes and restarts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from community.core import limits
from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.errors import TooMany
from community.core.i18n import _l
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.members.models import Attempt

KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Pace:
    """So many attempts in so much time."""

    most: int
    within: timedelta


LOG_IN = Pace(10, timedelta(minutes=5))
SIGN_UP_OF_ADDRESS = (Pace(5, timedelta(hours=1)), Pace(20, timedelta(days=1)))
RESET_OF_EMAIL = Pace(5, timedelta(days=1))
RESET_OF_ADDRESS = Pace(10, timedelta(hours=1))
CONFIRMATION = Pace(3, timedelta(hours=6))
PASSWORD_AGAIN = Pace(10, timedelta(minutes=5))


@transaction
@unguarded("keeps its own rule: how often")
def note(kind: str, key: str, *paces: Pace) -> int:
    """Note an attempt and return its id. Raises TooMany with the seconds to wait."""
    for pace in paces if limits.are_in_force() else ():
        _check(kind, _stored(key), pace)
    return save(Attempt(kind=kind, key=_stored(key))).id


@transaction
@unguarded("called by services that checked")
def forgive(attempt_ids: list[int]) -> None:
    """Take attempts back, for they succeeded."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(attempt_ids)))


@periodic("forget_old_attempts", hour="4", minute="20")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget the attempts of days ago."""
    db.session.execute(delete(Attempt).where(Attempt.at < now() - KEPT))


def _check(kind: str, key: str, pace: Pace) -> None:
    mine = (Attempt.kind == kind, Attempt.key == key, Attempt.at > now() - pace.within)
    count, first = db.session.execute(select(func.count(), func.min(Attempt.at)).where(*mine)).one()
    if count >= pace.most:
        wait = int((first + pace.within - now()).total_seconds()) + 1
        raise TooMany(
            _l("That was tried very often. Please wait a while, then try again."),
            seconds=max(1, wait),
        )


def _stored(key: str) -> str:
    """Return the form in which a name or an address is kept: nobody can read it."""
    return hashlib.sha256(key.strip().casefold().encode()).hexdigest()
