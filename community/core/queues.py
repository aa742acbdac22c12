"""huey, which carries the numbers of jobs from the web server to the worker."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import current_app

from community.core import redis_server
from community.core.redis_server import Breaker

if TYPE_CHECKING:
    from flask import Flask
    from huey import Huey

log = logging.getLogger(__name__)

NAME = "tertulia"
# How many jobs of one transaction a worker is given at once; others may take the rest.
TOGETHER = 20
# Seconds after which an idle worker looks into a queue that is a file. A look takes 0.1 ms.
LONGEST_LOOK_AWAY = 1.0
# Of these, huey loads whatever is installed; that takes a fifth of the whole start.
DRIVERS = {"redis", "psycopg"}


def build(app: Flask) -> Huey:
    """Return the queue that the settings name."""
    url = app.config["REDIS_URL"]
    with _kept_away(DRIVERS - ({"redis"} if url else set())):
        from huey import Huey, RedisHuey  # noqa: PLC0415, without what is kept away
        from huey.storage import SqliteStorage  # noqa: PLC0415
    if url:
        return RedisHuey(NAME, connection_pool=redis_server.pool(url), results=False)

    class QueueFile(SqliteStorage):  # type: ignore[misc]  # huey says nothing of its types.
        """A queue that does not wait for the disk: what it loses, the sweep hands over again.

        Unlike huey's fsync=False it cannot be damaged when the power fails.
        """

        def _create_connection(self) -> sqlite3.Connection:
            connection: sqlite3.Connection = super()._create_connection()
            connection.execute("PRAGMA synchronous = NORMAL")
            return connection

    return Huey(NAME, storage_class=QueueFile, filename=app.config["QUEUE_FILE"], results=False)


@contextmanager
def _kept_away(modules: set[str]) -> Iterator[None]:
    """Let these, unless they are loaded already, look as if they were not installed."""
    absent = {name: None for name in modules if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is how Python itself says it.
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def queue() -> Huey:
    """Return the queue of the running application."""
    return current_app.extensions["huey"]


def consume() -> None:
    """Work off the queue until told to stop, with the patience of a worker."""
    if current_app.config["REDIS_URL"]:
        patience = redis_server.PATIENCE_OF_WORKERS
        storage = queue().storage
        storage.conn.connection_pool = redis_server.pool(current_app.config["REDIS_URL"], patience)
    consumer = queue().create_consumer(
        workers=1, periodic=True, check_worker_health=True, max_delay=LONGEST_LOOK_AWAY
    )
    consumer.run()


def hand_over(job_ids: Sequence[int], delay: float = 0) -> None:
    """Tell huey about jobs, some of which one worker does in turn. The sweep will if that fails."""
    run = current_app.extensions.get("huey_run")
    breaker: Breaker = current_app.extensions.get("huey_breaker", Breaker())
    if run is None or breaker.is_open:
        return
    for first in range(0, len(job_ids), TOGETHER):
        some = tuple(job_ids[first : first + TOGETHER])
        try:
            run.schedule(some, delay=delay) if delay else run(*some)
        except Exception as error:
            breaker.trip()
            log.error("Could not hand over jobs %s; the sweep will: %s", some, error)
            return
