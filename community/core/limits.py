"""Pace: every view says how often one visitor may come. Counted by the limits library.

Members are counted by account, guests by address. The counters live in memory, one set per
process, or in Redis; what has to be exact (votes a day, log-ins) is counted from rows instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, request
from flask_login import current_user
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from community.core.errors import TooMany
from community.core.i18n import _l

log = logging.getLogger(__name__)
V = TypeVar("V", bound=Callable[..., Any])

BROWSING = "200 per minute; 50 per 10 second"
WRITING = "30 per minute"


def limited(
    pace: str = BROWSING, guests: str = "", *, by_address: bool = False
) -> Callable[[V], V]:
    """Say how often one visitor may use a view, such as "5 per minute; 20 per hour".

    Guests may be given a slower pace. by_address: count members by address too, where the answer
    is the same for everybody, so that nobody's session has to be read for it.
    """
    items = parse_many(pace)

    def mark(view: V) -> V:
        view.pace = items  # type: ignore[attr-defined]
        view.paced_by_address = by_address  # type: ignore[attr-defined]
        view.pace_of_guests = parse_many(guests) if guests else items  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Count every request before it is served."""
    app.extensions["limits"] = FixedWindowRateLimiter(_storage(app.config["REDIS_URL"]))
    app.before_request(keep_the_pace)


def keep_the_pace() -> None:
    """Refuse a visitor who comes too often. Raises TooMany with the seconds to wait."""
    if request.endpoint is None:
        return
    view: Any = current_app.view_functions[request.endpoint]
    if not hasattr(view, "pace"):
        message = f"{request.endpoint} does not say how often, such as @limited()."
        raise RuntimeError(message)
    if not are_in_force():
        return
    is_guest = view.paced_by_address or not current_user.is_authenticated
    items: list[RateLimitItem] = view.pace_of_guests if is_guest else view.pace
    who = f"address {request.remote_addr}" if is_guest else f"member {current_user.id}"
    for item in items:
        _count(item, f"{request.endpoint}|{who}")


def are_in_force() -> bool:
    """Tell whether limits hold; tests lift them."""
    return bool(current_app.config["RATE_LIMITS"])


def _count(item: RateLimitItem, key: str) -> None:
    limiter: FixedWindowRateLimiter = current_app.extensions["limits"]
    try:
        fits = limiter.hit(item, key)
    except Exception:
        # Without Redis the counting goes on in this process: never open, never closed.
        log.exception("The store of the limits fails; counting in memory")
        current_app.extensions["limits"] = FixedWindowRateLimiter(MemoryStorage())
        return
    if not fits:
        raise TooMany(
            _l("That was very often in a short time. Please wait a moment and try again."),
            seconds=item.get_expiry(),
        )


def _storage(redis_url: str) -> Storage:
    if not redis_url:
        return MemoryStorage()
    return cast(
        Storage,
        storage_from_string(redis_url, socket_timeout=0.2, socket_connect_timeout=0.2),
    )
