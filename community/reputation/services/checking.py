"""Checking votes, and looking into who voted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Member
from community.reputation.fraud import DAY, bursts, rings
from community.reputation.models import VoteReport, VoteReversal
from community.reputation.policies import may_clear_votes, may_investigate
from community.reputation.queries import votes
from community.votes import services as vote_services
from community.votes.models import Vote

# A week's window that ends in the days since the last check, with one night to spare.
BURSTS_SINCE = 9 * DAY


@transaction
@unguarded("the nightly check")
def reverse_bursts() -> int:
    """Take bursts of votes out of the count; return how many votes."""
    cast = votes.cast_since(now() - BURSTS_SINCE)
    found = bursts(cast)
    by_pair: dict[tuple[int, int], list[int]] = defaultdict(list)
    for vote in sorted(cast, key=lambda vote: vote.vote_id):
        if vote.vote_id in found:
            by_pair[vote.voter_id, vote.author_id].append(vote.vote_id)
    vote_services.invalidate(sorted(found))
    for (voter_id, author_id), ids in by_pair.items():
        save(VoteReversal(voter_id=voter_id, author_id=author_id, vote_ids=ids))
    if found:
        record(None, "votes-reversed", after=sorted(found), reason="burst")
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
    record(actor.id, "votes-seen", f"vote_reports:{report.id}", reason=_given(reason))
    return votes.between(report.member_ids)


@transaction
def look_into(actor: Member, reversal: VoteReversal, reason: str) -> Sequence[Vote]:
    """Return the votes of a burst. The look and its reason are recorded; without one, Invalid."""
    require(may_investigate(actor))
    record(actor.id, "votes-seen", f"vote_reversals:{reversal.id}", reason=_given(reason))
    return votes.by_ids(reversal.vote_ids)


@transaction
def clear(actor: Member, reversal: VoteReversal, reason: str) -> None:
    """Let the votes of a burst count again, for good: no check takes them out once more.

    Raises Invalid without a reason, Conflict if somebody did so before.
    """
    require(may_clear_votes(actor))
    why = _given(reason)
    if lock(reversal).cleared_at is not None:
        raise Conflict(_l("These votes count again already."))
    reversal.cleared_at, reversal.cleared_by_id, reversal.reason = now(), actor.id, why
    vote_services.clear(reversal.vote_ids)
    about = f"vote_reversals:{reversal.id}"
    record(actor.id, "votes-cleared", about, after=reversal.vote_ids, reason=why)


def _given(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_l("Please give a reason."), field="reason")
    return reason.strip()
