"""Keeping the boards up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert

from community.core.db import db, transaction
from community.core.policy import unguarded
from community.leaderboards.models import Place


@transaction
@unguarded("the boards say what the answers say; nobody is put on one")
def replace(rows: Sequence[dict[str, Any]]) -> None:
    """Put new boards in the place of the old ones, all at once."""
    db.session.execute(delete(Place))
    if rows:
        db.session.execute(insert(Place), rows)


@transaction
@unguarded("part of leaving: nothing personal stays")
def forget_member(member_id: int) -> None:
    """Take a member who left off every board."""
    db.session.execute(delete(Place).where(Place.member_id == member_id))
