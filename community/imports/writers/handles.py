"""Free handles for many names at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from sqlalchemy import select

from community.core import brand
from community.core.db import db
from community.core.errors import Invalid
from community.members.confusables import skeleton_of
from community.members.handles import LONGEST, check, handle_from, with_number
from community.members.models import Member

PORTION = 20


def free_handles(names: Sequence[str]) -> list[dict[str, str]]:
    """Return handle and skeleton for each name, free in the forum and among themselves."""
    wanted = [_sound(handle_from(name)) for name in names]
    taken = _taken(map(skeleton_of, wanted))
    free = []
    for handle in wanted:
        chosen = handle if skeleton_of(handle) not in taken else _numbered(handle, taken)
        taken.add(skeleton_of(chosen))
        free.append({"handle": chosen, "handle_skeleton": skeleton_of(chosen)})
    return free


def _sound(handle: str) -> str:
    """Return the handle, or one like it that is not reserved and breaks no other rule."""
    try:
        check(handle, brand.NAME.get())
    except Invalid:
        return f"former-{handle}"[:LONGEST].strip("-")
    return handle


def _numbered(handle: str, taken: set[str]) -> str:
    """Return the handle with the first number that is free."""
    for start in count(2, PORTION):
        candidates = list(_candidates(handle, start))
        gone = taken | _taken(map(skeleton_of, candidates))
        for candidate in candidates:
            if skeleton_of(candidate) not in gone:
                return candidate
    raise AssertionError


def _candidates(handle: str, start: int) -> Iterator[str]:
    return (with_number(handle, number) for number in range(start, start + PORTION))


def _taken(skeletons: Iterable[str]) -> set[str]:
    wanted = list(skeletons)
    rows = select(Member.handle_skeleton).where(Member.handle_skeleton.in_(wanted))
    return set(db.session.scalars(rows))
