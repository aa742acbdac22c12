"""A second database that follows the first one: who may read from it, and when.

Guests' pages and insight are read there. How far it is behind is measured by what the first one
had written at a moment that we remember, so that a replica that hears nothing any more counts as
behind, too. docs/decisions/0115-a-replica-for-readers.md.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from community.core.change_log import Log
from community.core.changes import Change
from community.core.db import REPLICA, db, reading_replica
from community.core.redis_server import Breaker

V = TypeVar("V", bound=Callable[..., Any])
log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.5
MARKS = 200
NEVER = float("inf")
WRITTEN = text("SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn")
REPLAYED = text("SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn WHERE pg_is_in_recovery()")


class Replica:
    """What one process knows of the replica."""

    def __init__(self, first: Engine, engine: Engine, most_seconds: float) -> None:
        """Take both databases, and the seconds that the replica may be behind."""
        self._first, self._engine, self._most_seconds = first, engine, most_seconds
        self._breaker = Breaker()
        self._turn = threading.Lock()
        self._looked_at = -NEVER
        # How much the first database had written at which moment.
        self._marks: deque[tuple[float, int]] = deque(maxlen=MARKS)
        self.seconds_behind = NEVER

    def is_near(self) -> bool:
        """Tell whether it answers, and is behind no further than it may be."""
        is_due = time.monotonic() - self._looked_at > SECONDS_BETWEEN_LOOKS
        # Who comes while another one looks goes by what was seen last.
        if is_due and self._turn.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._turn.release()
        return not self._breaker.is_open and self.seconds_behind <= self._most_seconds

    def has_all(self, changes: Log) -> bool:
        """Tell whether it is near and has every change that this process knows of."""
        if not self.is_near():
            return False
        after, known = changes.latest()
        try:
            with self._engine.connect() as connection:
                there = connection.scalars(select(Change.id).where(Change.id > after))
                return known <= set(there)
        except SQLAlchemyError as error:
            self.leave_alone(error)
            return False

    def answers(self) -> bool:
        """Tell whether it may be asked at all, however far it is behind."""
        return not self._breaker.is_open

    def leave_alone(self, error: Exception | None = None) -> None:
        """Do not read from it for a while."""
        self._breaker.trip()
        self.seconds_behind = NEVER
        log.error("The replica of the database is left alone for a while: %s", error or "no page")

    def _look(self) -> None:
        self._looked_at = began = time.monotonic()
        try:
            with self._first.connect() as connection:
                self._marks.append((began, connection.scalar(WRITTEN) or 0))
        except SQLAlchemyError:
            # While nothing can be written the replica has it all; but it cannot be told for long.
            log.warning("How far the replica is behind cannot be measured")
        if self._breaker.is_open:
            return
        try:
            with self._engine.connect() as connection:
                replayed = connection.scalar(REPLAYED)
        except SQLAlchemyError as error:
            self.leave_alone(error)
            return
        self.seconds_behind = self._behind(replayed, began)

    def _behind(self, replayed: int | None, moment: float) -> float:
        """Return for how long it has not had all; for ever if it is no replica any more."""
        if replayed is None:
            return NEVER
        reached = [at for at, written in self._marks if written <= replayed]
        return moment - reached[-1] if reached else NEVER


def init_app(app: Flask) -> None:
    """Offer the replica that the settings name."""
    if app.config["DATABASE_REPLICA_URL"]:
        with app.app_context():
            engines = db.engines
        most = app.config["DATABASE_REPLICA_SECONDS"]
        app.extensions["replica"] = Replica(engines[None], engines[REPLICA], most)


def there(app: Flask) -> Replica | None:
    """Return the replica, if there is one."""
    return cast("Replica | None", app.extensions.get("replica"))


def from_replica(view: V) -> V:
    """Let a view that only reads, and may be some seconds old, read from the replica."""

    @wraps(view)
    def read(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        replica = there(current_app)
        if replica is None or not replica.is_near():
            return view(*args, **kwargs)
        try:
            with reading_replica():
                return view(*args, **kwargs)
        except SQLAlchemyError as error:
            replica.leave_alone(error)
            db.session.rollback()
            return view(*args, **kwargs)

    return cast(V, read)
