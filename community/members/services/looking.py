"""Beginning and ending to see the forum as somebody else: the record of it, with the reason."""

from __future__ import annotations

from community.core import audit
from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Member
from community.members.policies import may_look, may_look_as

SHORTEST_REASON, LONGEST_REASON = 3, 300


@transaction
def look_as(actor: Member, member: Member, reason: str) -> None:
    """Note that an admin sees the forum as a member, and why. Raises Invalid without a reason."""
    require(may_look_as(actor, member))
    audit.record(actor.id, "looked-as", f"members:{member.id}", reason=_checked(reason))


@transaction
def look_as_sort(actor: Member, sort: str, reason: str) -> None:
    """Note that an admin sees the forum as a guest, say, and why. Raises Invalid."""
    require(may_look(actor))
    audit.record(actor.id, "looked-as", "", after={"as": sort}, reason=_checked(reason))


@transaction
@unguarded("everybody may be themselves again")
def stop(actor: Member, whom: str) -> None:
    """Note that an admin sees the forum as themselves again."""
    subject = f"members:{whom}" if whom.isdecimal() else ""
    after = None if subject else {"as": whom}
    audit.record(actor.id, "stopped-looking-as", subject, after=after)


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Invalid(_l("Please give a reason: it stands in the log."), field="reason")
    return reason[:LONGEST_REASON]
