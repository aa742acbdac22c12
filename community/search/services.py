"""Keeping the index in step with what is written."""

from __future__ import annotations

from community.core.clock import now
from community.core.db import db, insert_once, transaction
from community.core.policy import unguarded
from community.search.models import SearchChange


@transaction
@unguarded("called by services of content in the transaction of their change")
def note_change(key: str) -> None:
    """Let the worker index this afresh soon. Twice is once."""
    db.session.execute(insert_once(SearchChange, key=key, changed_at=now()))
