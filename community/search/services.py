"""Keeping the index in step with what is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, delete, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from community.core import jobs
from community.core.clock import now
from community.core.db import db, speaks_postgresql, transaction
from community.core.policy import unguarded
from community.search.models import SearchChange

REBUILD = "search.rebuild"
GATHERING = 3  # seconds in which changes gather before the worker writes them in one commit


@transaction
@unguarded("called by services of content in the transaction of their change")
def note_change(key: str) -> None:
    """Let the worker index this afresh within seconds. Twice is once.

    Whoever writes thousands of rows (an import) rather asks for a rebuild in the end.
    """
    db.session.execute(_noting(speaks_postgresql()), {"key": key, "changed_at": now()})
    jobs.enqueue("search.flush", key="search.flush", delay=GATHERING)


@cache
def _noting(in_postgresql: bool) -> Executable:  # noqa: FBT001
    """Return the statement, put together once.

    A change noted again gets a new time, so that a flush under way does not take it for done.
    """
    dialect: Any = postgresql if in_postgresql else sqlite
    note = dialect.insert(SearchChange.__table__)
    times = {"changed_at": note.excluded.changed_at}
    statement: Executable = note.on_conflict_do_update(index_elements=["key"], set_=times)
    return statement


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
    jobs.enqueue(REBUILD, key=REBUILD)
