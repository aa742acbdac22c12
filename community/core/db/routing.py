"""Where a statement goes: to the database that writes, or to its replica."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine

from community.core.db.held import let_go

REPLICA = "replica"
_chosen: ContextVar[bool] = ContextVar("reads_replica", default=False)


class RoutedSession(Session):
    """Reads from the replica where that was chosen; what a service does never goes there."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:  # noqa: ANN401
        """Return where the statement goes. What it changes is no longer held."""
        let_go(self.info, kwargs.get("clause"))
        if reads_replica() and not self.info.get("in_transaction"):
            return self._db.engines[REPLICA]
        return super().get_bind(*args, **kwargs)


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
