"""Whose turn it is to write into SQLite, which takes one writer at a time.

SQLite itself lets writers wait by sleeping, longer and longer, up to a tenth of a second at a time:
with eight of them, some waited for seconds while the others came and went. So the threads of a
process stand in a queue, and the first of it looks each millisecond whether another process is
done. docs/decisions/0127.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

PAUSE = 0.0002  # seconds between two looks; a tenth of a short transaction
GAP = 0.001  # seconds that others have in which to begin
HAS_TURN = "community.has_turn"

_turn = threading.Lock()
_gap = 0.0


def let_others_go_first() -> None:
    """Leave a gap after each turn of this process, in which whoever looks can begin.

    For the worker, whose transactions follow each other so closely that others would not find it
    between two of them.
    """
    global _gap  # noqa: PLW0603
    _gap = GAP


def _begin_anew() -> None:
    """In a fork nobody else writes: whoever has the turn does so in the process that was forked."""
    global _turn  # noqa: PLW0603
    _turn = threading.Lock()


def set_up() -> None:
    """Let each connection give its turn back, however its work ends."""
    os.register_at_fork(after_in_child=_begin_anew)
    event.listen(Engine, "checkin", _give_back)
    event.listen(Engine, "invalidate", _give_back)
    event.listen(Engine, "close", _give_back)


def begin(connection: Connection, patience: float) -> None:
    """Begin to write, once it is our turn.

    patience: seconds, after which it raises what SQLAlchemy raises for a database that is busy.
    """
    ends_at = time.monotonic() + patience
    record, turn = connection.connection.info, _turn
    if HAS_TURN not in record and turn.acquire(timeout=patience):
        record[HAS_TURN] = turn
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while (failure := _failure_to_begin(raw)) == sqlite3.SQLITE_BUSY:
            if time.monotonic() >= ends_at:
                break
            time.sleep(PAUSE)
        if failure:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")


def _failure_to_begin(raw: Any) -> int:  # noqa: ANN401
    """Return SQLite's primary code of the error; 0 if it has begun."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        # The module's own errors have no code.
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return 0


def _give_back(_connection: object, record: Any, *_rest: object) -> None:  # noqa: ANN401
    if turn := record.info.pop(HAS_TURN, None):
        if _gap:
            time.sleep(_gap)
        turn.release()
