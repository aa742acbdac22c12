"""huey, which carries the numbers of jobs from the web server to the worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from community.core import redis_server

if TYPE_CHECKING:
    from flask import Flask
    from huey import Huey

NAME = "tertulia"
# Of these, huey loads whatever is installed; that takes a fifth of the whole start.
DRIVERS = {"redis", "psycopg"}


def build(app: Flask) -> Huey:
    """Return the queue that the settings name."""
    url = app.config["REDIS_URL"]
    with _kept_away(DRIVERS - ({"redis"} if url else set())):
        from huey import RedisHuey, SqliteHuey  # noqa: PLC0415, without what is kept away
    if url:
        return RedisHuey(NAME, connection_pool=redis_server.pool(url), results=False)
    return SqliteHuey(NAME, filename=app.config["QUEUE_FILE"], results=False)


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
