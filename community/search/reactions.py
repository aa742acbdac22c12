"""What the worker does for the search: write changes, and mend the index when it is broken."""

from __future__ import annotations

import logging
from contextlib import suppress

from community.core.jobs import job, periodic
from community.search import queries, services, sources
from community.search.engine import Busy, Unusable, engine

log = logging.getLogger(__name__)
BATCH = 500  # documents in one commit


@job("search.flush")
def flush() -> None:
    """Write all changes noted so far. While somebody else writes, leave them for later."""
    try:
        while _flush_some():
            pass
    except Busy:
        log.info("Somebody else writes the search index; changes wait")
    except Unusable:
        services.ask_for_rebuild()


def _flush_some() -> bool:
    """Write one batch in one commit; return whether there may be more."""
    changes = queries.pending(BATCH)
    if not changes:
        return False
    keys = [change.key for change in changes]
    documents = list(sources.documents_of(keys))
    engine().put(documents)
    gone = set(keys) - {document.key for document in documents}
    if gone:
        engine().remove(gone)
    services.settle(changes)
    return len(changes) == BATCH


@job(services.REBUILD)
def rebuild() -> None:
    """Build the index anew from the database."""
    count = engine().replace_all(sources.every_document())
    log.info("Rebuilt the search index: %s documents", count)


def make_ready() -> None:
    """Build the index at once if there is none: on a new forum, when the worker starts."""
    engine().spare_memory()
    try:
        engine().check()
    except Unusable:
        with suppress(Busy):
            rebuild()


@periodic("search.mend", minute="*")
def mend() -> None:
    """Once a minute: build the index anew if it is missing or broken, and write what lies about."""
    engine().spare_memory()
    try:
        engine().check()
    except Unusable:
        services.ask_for_rebuild()
    else:
        flush()
