"""What each level of trust allows: the one table that policies and the help page read.

It lies with the members, below everything that asks it. Who reaches which level is worked out
far above, in `reputation`, and kept in `Member.trust_level`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from community.members.models import Actor


class Level(IntEnum):
    """How far the community trusts a member."""

    NEW = 0
    BASIC = 1
    MEMBER = 2
    REGULAR = 3
    LEADER = 4


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a level may put into one post and do to others'."""

    links: int = 50
    images: int = 10
    mentions: int = 10
    # How many times as long as usual the own posts can be edited; 0 is without an end.
    editing_time: int = 1
    # What the level adds to the weight of a report.
    flag_weight: int = 0
    may_retag: bool = False
    may_suggest_duplicates: bool = False
    may_close: bool = False
    may_move: bool = False
    # Whether search engines follow the links in what the member writes.
    has_followed_links: bool = False


TRUSTED = Allowance(
    editing_time=0,
    may_retag=True,
    may_suggest_duplicates=True,
    may_close=True,
    may_move=True,
    has_followed_links=True,
)
TABLE: dict[Level, Allowance] = {
    Level.NEW: Allowance(links=2, images=1, mentions=2),
    Level.BASIC: Allowance(flag_weight=1),
    Level.MEMBER: Allowance(
        flag_weight=2, editing_time=2, may_retag=True, may_suggest_duplicates=True
    ),
    Level.REGULAR: replace(TRUSTED, flag_weight=3),
    Level.LEADER: replace(TRUSTED, flag_weight=4),
}


def allowance_of(actor: Actor) -> Allowance:
    """Return what somebody may; staff and moderators need no level for it."""
    is_exempt = actor.is_staff or actor.is_moderator
    return TABLE[Level.LEADER if is_exempt else Level(actor.trust_level)]
