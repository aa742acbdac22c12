"""Where a statement goes: to the database that writes, or to its replica."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine

from community.core.db.held import let_go

REPLICA = "replica"
_chosen: ContextVar[bool] = ContextVar("reads_replica", default=False)


class RoutedSession(Session):
    """Reads from the replica where that was chosen; what a service does never goes there."""

    def get_bind(
        self,
        mapper: object = None,  # noqa: ARG002
        clause: object = None,
        bind: Engine | Connection | None = None,
        **_rest: object,
    ) -> Engine | Connection:
        """Return where the statement goes, whatever it is about. What it changes is not held now.

        Every table lies in the one database, so nobody looks through the statement for its tables.
        """
        let_go(self.info, clause)
        if bind is not None:
            return bind
        to_replica = reads_replica() and not self.info.get("in_transaction")
        return self._db.engines[REPLICA if to_replica else None]


def reads_replica() -> bool:
    """Tell whether what is read now comes from the replica, and may be older than it is."""
    return _chosen.get()


@contextmanager
def reading_replica() -> Iterator[None]:
    """Read from the replica meanwhile. community.core.replica says when that may be."""
    token = _chosen.set(True)
    try:
        yield
    finally:
        _chosen.reset(token)
