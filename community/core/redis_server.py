"""Redis, where there is one: short patience, and no second try while it is away.

Nothing is kept in Redis alone. Without it the queue waits in the table of jobs, and limits are
counted in the memory of each process.
"""

from __future__ import annotations

import time
from typing import Any

PATIENCE = 0.2  # seconds for an answer, while somebody waits for a page
PATIENCE_OF_WORKERS = 5.0
PAUSE = 5.0  # seconds in which a server that failed is not asked again


class Breaker:
    """Remembers that a server failed lately, so that not every visitor waits for it."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._until = float("-inf")

    @property
    def is_open(self) -> bool:
        """Whether the server shall be left alone for now."""
        return time.monotonic() < self._until

    def trip(self) -> None:
        """Leave the server alone for a while."""
        self._until = time.monotonic() + self._pause


def options(patience: float = PATIENCE) -> dict[str, Any]:
    """Return how a connection waits: not long, and without the library's own tries."""
    return {"socket_timeout": patience, "socket_connect_timeout": patience, "retry": None}


def pool(url: str, patience: float = PATIENCE) -> Any:  # noqa: ANN401
    """Return connections to the server. Nothing is connected yet."""
    from redis import ConnectionPool  # noqa: PLC0415, only where there is one

    return ConnectionPool.from_url(url, **options(patience))
