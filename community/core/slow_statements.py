"""Tells of statements that took long: their text with gaps for the values, never the values."""

from __future__ import annotations

import logging
import time
from typing import Any

from flask import current_app, has_app_context
from sqlalchemy import Engine, event

from community.core import tracing

log = logging.getLogger(__name__)
LONGEST = 4000  # characters of a statement that are told
SHORTEST = 1.0  # milliseconds; the limit is a whole number of them


def set_up() -> None:
    """Take the time of every statement of every engine."""
    event.listen(Engine, "before_cursor_execute", _begin)
    event.listen(Engine, "after_cursor_execute", _end)


def _begin(*facts: Any) -> None:  # noqa: ANN401
    """Connection, cursor, statement, values, context, many: as SQLAlchemy gives them."""
    if (context := facts[4]) is not None:
        context.began_at = time.perf_counter()


def _end(*facts: Any) -> None:  # noqa: ANN401
    statement, context = facts[2], facts[4]
    began_at = getattr(context, "began_at", None)
    if began_at is None:
        return
    taken = (time.perf_counter() - began_at) * 1000
    if taken < SHORTEST or not has_app_context():
        return
    limit = current_app.config["SLOW_STATEMENT_MS"]
    if limit and taken >= limit:
        tell(statement, taken)


def tell(statement: str, taken: float) -> None:
    """Write it down. taken: milliseconds."""
    text = " ".join(statement.split())[:LONGEST]
    route = tracing.route()
    facts = {"milliseconds": round(taken, 1), "route": route, "statement": text}
    log.warning("Slow statement, %.0f ms in %s: %s", taken, route or "-", text, extra=facts)
