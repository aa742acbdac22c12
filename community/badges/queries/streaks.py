"""How many days in a row somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def longest(days: Iterable[tuple[int, str]]) -> dict[int, int]:
    """Return the longest row of days of each member.

    days: member and day such as "2026-02-28", each day once and in order for each member.
    """
    found: dict[int, int] = {}
    last, length = (0, 0), 0
    for member_id, day in days:
        number = date.fromisoformat(day).toordinal()
        length = length + 1 if last == (member_id, number - 1) else 1
        found[member_id] = max(length, found.get(member_id, 0))
        last = member_id, number
    return found
