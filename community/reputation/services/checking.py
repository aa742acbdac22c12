"""Checking votes, and looking into who voted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Member
from community.reputation.fraud import DAY, bursts, rings
from community.reputation.models import VoteReport
from community.reputation.policies import may_investigate
from community.reputation.queries import votes
from community.votes import services as vote_services
from community.votes.models import Vote

# A week's window that ends in the days since the last check, with one night to spare.
BURSTS_SINCE = 9 * DAY


@transaction
@unguarded("the nightly check")
def reverse_bursts() -> int:
    """Take bursts of votes out of the count; return how many votes."""
    found = sorted(bursts(votes.cast_since(now() - BURSTS_SINCE)))
    vote_services.invalidate(found)
    if found:
        record(None, "votes-reversed", after=found, reason="burst")
    return len(found)


@transaction
@unguarded("the nightly check")
def report_rings() -> int:
    """Report members who vote for each other; nothing is reversed. Return how many are new."""
    found = {
        "-".join(map(str, ring)): list(ring)
        for ring in rings(votes.cast_since(now() - votes.LOOKED_BACK, only_up=True))
    }
    known = set(db.session.scalars(select(VoteReport.key).where(VoteReport.key.in_(found))))
    for key in found.keys() - known:
        save(VoteReport(key=key, member_ids=found[key]))
    return len(found) - len(known)


@transaction
def investigate(actor: Member, report: VoteReport, reason: str) -> Sequence[Vote]:
    """Return who voted for whom. The look and its reason are recorded; without one, Invalid."""
    require(may_investigate(actor))
    if not reason.strip():
        raise Invalid(_l("Please give a reason."), field="reason")
    record(actor.id, "votes-seen", f"vote_reports:{report.id}", reason=reason.strip())
    return votes.between(report.member_ids)
