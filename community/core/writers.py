"""Whose turn it is to write into SQLite, which takes one writer at a time.

SQLite itself lets writers wait by sleeping, longer and longer, up to a tenth of a second at a time:
with eight of them, some waited for seconds while the others came and went. So the threads of a
process stand in a queue, and the first of it looks each millisecond whether another process is
done. docs/decisions/0127.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

PAUSE = 0.001  # seconds; about what it takes until a short transaction is on the disk
HAS_TURN = "community.has_turn"

_turn = threading.Lock()


def set_up() -> None:
    """Let each connection give its turn back, however its work ends."""
    event.listen(Engine, "checkin", _give_back)
    event.listen(Engine, "invalidate", _give_back)
    event.listen(Engine, "close", _give_back)


def begin(connection: Connection, patience: float) -> None:
    """Begin to write, once it is our turn.

    patience: seconds, after which it raises what SQLAlchemy raises for a database that is busy.
    """
    ends_at = time.monotonic() + patience
    record = connection.connection.info
    if HAS_TURN not in record and _turn.acquire(timeout=patience):
        record[HAS_TURN] = True
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while not _has_begun(raw):
            if time.monotonic() >= ends_at:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            time.sleep(PAUSE)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")


def _has_begun(raw: Any) -> bool:  # noqa: ANN401
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _give_back(_connection: object, record: Any, *_rest: object) -> None:  # noqa: ANN401
    if record.info.pop(HAS_TURN, False):
        _turn.release()
