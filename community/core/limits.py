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

from community.core import looking, redis_server
from community.core.errors import TooMany
from community.core.i18n import _l
from community.core.redis_server import Breaker

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
    app.extensions["limits"] = Counters(_storage(app.config["REDIS_URL"]))
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
    look = looking.present.get()  # Whoever only looks takes nothing from anybody's pace.
    member = look.by if look else current_user.id
    who = f"member {member}" if look or not is_guest else f"address {request.remote_addr}"
    for item in items:
        _count(item, f"{request.endpoint}|{who}")


def are_in_force() -> bool:
    """Tell whether limits hold; tests lift them."""
    return bool(current_app.config["RATE_LIMITS"])


def _count(item: RateLimitItem, key: str) -> None:
    counters: Counters = current_app.extensions["limits"]
    if not counters.hit(item, key):
        raise TooMany(
            _l("That was very often in a short time. Please wait a moment and try again."),
            seconds=item.get_expiry(),
        )


class Counters:
    """Counts in Redis, where there is one; in this process while there is not.

    Without Redis the counting goes on: never open, never closed.
    """

    def __init__(self, shared: Storage | None = None) -> None:
        self._shared = FixedWindowRateLimiter(shared) if shared else None
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._breaker = Breaker()

    def hit(self, item: RateLimitItem, key: str) -> bool:
        """Count a visit; tell whether it still fits."""
        if self._shared is not None and not self._breaker.is_open:
            try:
                return self._shared.hit(item, key)
            except Exception as error:
                self._breaker.trip()
                log.error("The store of the limits fails; counting in memory: %s", error)
        return self._own.hit(item, key)


def _storage(redis_url: str) -> Storage | None:
    if not redis_url:
        return None
    url = f"redis+{redis_url}" if redis_url.startswith("unix:") else redis_url
    return cast(Storage, storage_from_string(url, **redis_server.options()))
