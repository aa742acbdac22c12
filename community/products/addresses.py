"""Leading from addresses of products and topics that went elsewhere to where they are."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import redirect, request
from flask.typing import ResponseReturnValue

from community.products import queries


def lead_on(path: str, **changes: str) -> ResponseReturnValue:
    """Lead to a path for good, with whatever else the address asks for; empty changes go."""
    wanted = {**request.args.to_dict(), **changes}
    asked = urlencode({name: value for name, value in wanted.items() if value})
    return redirect(f"{path}?{asked}" if asked else path, HTTPStatus.MOVED_PERMANENTLY)


def led_elsewhere() -> ResponseReturnValue | None:
    """Lead to the same list of what ?product= and ?topic= became; None if they stay."""
    slug, topic = request.args.get("product", ""), request.args.get("topic", "")
    product = queries.anywhere(slug) if slug else None
    led = queries.elsewhere(product, topic) if product else None
    return lead_on(request.path, product=led[0], topic=led[1]) if led else None
