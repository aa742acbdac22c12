"""Keeping the index in step with what is written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, tuple_

from community.core import jobs
from community.core.clock import now
from community.core.db import db, insert, transaction
from community.core.policy import unguarded
from community.search.models import SearchChange

GATHERING = 3  # seconds in which changes gather before the worker writes them in one commit


@transaction
@unguarded("called by services of content in the transaction of their change")
def note_change(key: str) -> None:
    """Let the worker index this afresh within seconds. Twice is once.

    Whoever writes thousands of rows (an import) rather asks for a rebuild in the end.
    """
    moment = now()
    # A change noted again gets a new time, so that a flush under way does not take it for done.
    note = insert(SearchChange).values(key=key, changed_at=moment)
    db.session.execute(
        note.on_conflict_do_update(index_elements=["key"], set_={"changed_at": moment})
    )
    jobs.enqueue("search.flush", key="search.flush", delay=GATHERING)


@transaction
@unguarded("the worker's own bookkeeping")
def settle(changes: Sequence[SearchChange]) -> None:
    """Forget changes that are in the index now, but for those noted again meanwhile."""
    done = [(change.id, change.changed_at) for change in changes]
    columns = tuple_(SearchChange.id, SearchChange.changed_at)
    db.session.execute(delete(SearchChange).where(columns.in_(done)))


@transaction
@unguarded("asked for by the worker when it finds the index broken, and by imports")
def ask_for_rebuild() -> None:
    """Let the worker build the index anew. Twice is once while it waits."""
    jobs.enqueue("search.rebuild", key="search.rebuild")
