"""What happens to members."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Somebody made an account."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member deleted the account. Posts stay, without a name."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberSuspended(Event):
    """A measure shut a member out."""

    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberReturned(Event):
    """No measure shuts a member out any more."""

    member_id: int
