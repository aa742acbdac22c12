"""What waits for somebody: work that failed, mail that does not leave, questions without answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from community.core.clock import now
from community.core.db import db
from community.core.jobs import Job


@dataclass(frozen=True)
class Jobs:
    """How the background work stands."""

    due: int
    failing: int
    parked: int


def jobs() -> Jobs:
    """Return how many jobs are due, failed and will be tried again, and were given up."""
    row = db.session.execute(
        select(
            func.count(case((Job.due_at <= now(), 1))),
            func.count(case(((Job.tries > 0) & Job.parked_at.is_(None), 1))),
            func.count(Job.parked_at),
        )
    ).one()
    return Jobs(*row)
