"""Reading once more what the database dropped in the middle.

When a server of the database goes, every connection to it breaks at the same moment, and whoever
was just reading gets an error although another server, or the same one, answers at once. What
only reads is therefore asked again, a few times and briefly; what writes never is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# How long, in seconds, before each further try. In all less than a proxy or a visitor waits.
PAUSES = (0.1, 0.4, 1.0)
LOST = "tertulia.lost_the_database"
# What PostgreSQL says when the connection goes or is refused; without a code nobody answered.
GONE = ("08", "57P0")


def note_if_lost(error: SQLAlchemyError) -> None:
    """Remember on the request that the database went away, if that is what the error says."""
    if is_lost(error):
        request.environ[LOST] = True


def is_lost(error: SQLAlchemyError) -> bool:
    """Tell whether a server went or refuses connections: not that it is slow, busy or full."""
    if not isinstance(error, DBAPIError) or not hasattr(error.orig, "sqlstate"):
        return False
    code = str(getattr(error.orig, "sqlstate", None) or GONE[0])
    return error.connection_invalidated or code.startswith(GONE)


class Again:
    """Stands before the application."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer; if the database was lost on the way and nothing was to be written, try again."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start)
        for pause in PAUSES:
            head: list[Any] = []
            tried = dict(environ)
            body = self._application(tried, lambda *told, head=head: head.append(told))
            if LOST not in tried:
                start(*head[-1])
                return body
            _close(body)
            time.sleep(pause)
        return self._application(environ, start)


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def init_app(app: Flask) -> None:
    """Read again. Comes first of all that stands before the application, so that it is last."""
    app.wsgi_app = Again(app.wsgi_app)  # type: ignore[assignment, method-assign]
