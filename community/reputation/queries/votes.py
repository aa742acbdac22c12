"""Finding votes for the checks; who voted is told to nobody without an investigation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.members.models import Member
from community.reputation.fraud import DAY, Cast
from community.reputation.models import VoteReport, VoteReversal
from community.votes.models import Vote

LOOKED_BACK = 90 * DAY


def cast_since(since: datetime, *, only_up: bool = False) -> list[Cast]:
    """Return the votes of members that count and were cast since a moment."""
    facts = (Vote.id, Vote.member_id, Vote.author_id, Vote.cast_at, Vote.cleared_at)
    rows = select(*facts).where(
        Vote.cast_at > since, Vote.member_id.is_not(None), Vote.invalidated_at.is_(None)
    )
    if only_up:
        rows = rows.where(Vote.value > 0)
    found = db.session.execute(rows)
    return [
        Cast(vote_id, voter_id, author_id, cast_at, cleared_at is not None)
        for vote_id, voter_id, author_id, cast_at, cleared_at in found
        if voter_id is not None
    ]


def reports() -> Sequence[VoteReport]:
    """Return what was reported to moderators, the latest first."""
    rows = select(VoteReport).order_by(VoteReport.found_at.desc(), VoteReport.id.desc())
    return db.session.scalars(rows.limit(100)).all()


def report(report_id: int) -> VoteReport:
    """Return a report. Raises NotFound."""
    return existing(db.session.get(VoteReport, report_id), _l("There is no such report."))


def reversals() -> Sequence[VoteReversal]:
    """Return what was taken out of the count, the latest first; what waits stands above."""
    rows = select(VoteReversal).order_by(VoteReversal.cleared_at.is_not(None))
    latest = rows.order_by(VoteReversal.reversed_at.desc(), VoteReversal.id.desc())
    return db.session.scalars(latest.limit(100)).all()


def reversal(reversal_id: int) -> VoteReversal:
    """Return a reversal. Raises NotFound."""
    found = db.session.get(VoteReversal, reversal_id)
    return existing(found, _l("No votes were taken out of the count under this number."))


def members_of(
    reports: Collection[VoteReport], reversals: Collection[VoteReversal] = ()
) -> dict[int, Member]:
    """Return the members that reports and reversals are about, by their numbers."""
    ids: set[int | None] = {member_id for each in reports for member_id in each.member_ids}
    for each in reversals:
        ids |= {each.voter_id, each.author_id, each.cleared_by_id}
    return {each.id: each for each in db.session.scalars(select(Member).where(Member.id.in_(ids)))}


def by_ids(vote_ids: Collection[int]) -> Sequence[Vote]:
    """Return votes by their numbers, the latest first."""
    rows = select(Vote).where(Vote.id.in_(vote_ids))
    return db.session.scalars(rows.order_by(Vote.cast_at.desc(), Vote.id.desc())).all()


def between(member_ids: Collection[int]) -> Sequence[Vote]:
    """Return the votes of some members for each other in the last ninety days, the latest first."""
    rows = select(Vote).where(Vote.member_id.in_(member_ids), Vote.author_id.in_(member_ids))
    lately = rows.where(Vote.cast_at > now() - LOOKED_BACK)
    return db.session.scalars(lately.order_by(Vote.cast_at.desc()).limit(300)).all()
