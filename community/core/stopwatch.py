"""How long an answer took, for admins alone: to others it would tell too much of what was done."""

from __future__ import annotations

import time
from http import HTTPStatus

from flask import Flask, Response, g
from flask_login import current_user

from community.core import tracing

HEADER = "X-Response-Time"


def init_app(app: Flask) -> None:
    """Take the time of each request."""
    app.before_request(tracing.note)
    app.after_request(tell)


def tell(response: Response) -> Response:
    """Write it into the answer to an admin. Nobody is looked up for it."""
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return response  # The database may be away, which would be asked about the member again.
    if "began_at" in g and "_login_user" in g and getattr(current_user, "is_admin", False):
        taken = (time.perf_counter() - g.began_at) * 1000
        response.headers[HEADER] = f"{taken:.1f} ms"
    return response
