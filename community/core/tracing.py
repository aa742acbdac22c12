"""A name for every request: on each line of the log, in the answer, on jobs it caused.

Who sees an error page can tell it to the team, and whoever runs the forum finds all that was
logged meanwhile, in the worker too. docs/decisions/0116 says what is never logged.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask import Flask, g, has_request_context, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
KEY = "tertulia.request_id"
# What proxies call requests: nginx 32 hexadecimal digits, others UUIDs.
SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_name: ContextVar[str] = ContextVar("request_name", default="")
_work: ContextVar[str] = ContextVar("work", default="")


def name() -> str:
    """Return the name of the request that this is done for; "" if it is for none."""
    return _name.get()


def route() -> str:
    """Return what is being done: the view of a request, the name of a job, or ""."""
    if has_request_context():
        return request.endpoint or ""
    return _work.get()


@contextmanager
def working(work: str, name: str) -> Iterator[None]:
    """Do a job in the name of the request that asked for it."""
    tokens = _work.set(work), _name.set(name)
    try:
        yield
    finally:
        _work.reset(tokens[0])
        _name.reset(tokens[1])


class Names:
    """Gives each request its name, before everything else."""

    def __init__(self, application: WSGIApplication, *, takes_names: bool) -> None:
        self._application = application
        self._takes_names = takes_names

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer under a name. That of a proxy is taken only from a proxy that is trusted."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._takes_names else ""
        called = given if SANE.fullmatch(given) else secrets.token_hex(8)
        environ[KEY] = called
        token = _name.set(called)

        def start_named(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401
            others = [each for each in headers if each[0].lower() != HEADER.lower()]
            return start(status, [*others, (HEADER, called)], *rest)

        try:
            return self._application(environ, start_named)
        finally:
            _name.reset(token)


def note() -> None:
    """Let pages show the name of their request, and core.stopwatch say how long it took."""
    g.request_id = request.environ.get(KEY, "")
    g.began_at = time.perf_counter()


def init_app(app: Flask) -> None:
    """Give names. Comes last of all that stands before the application, so that it is first."""
    app.wsgi_app = Names(  # type: ignore[assignment, method-assign]
        app.wsgi_app, takes_names=bool(app.config["TRUSTED_PROXIES"])
    )
