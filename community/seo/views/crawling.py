"""robots.txt and the sitemaps."""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Response, request

from community.core.access import everyone
from community.core.errors import existing
from community.core.i18n import _l
from community.core.limits import limited
from community.seo import crawlers
from community.seo.sitemaps import shelf
from community.seo.views import blueprint

TEN_MINUTES = "public, max-age=600"


@blueprint.get("/robots.txt")
@everyone
@limited("1000 per minute", by_address=True)
def robots() -> Response:
    """Tell crawlers what is asked of them."""
    answer = Response(crawlers.robots(), mimetype="text/plain")
    answer.headers["Cache-Control"] = TEN_MINUTES
    return answer


@blueprint.get("/sitemap.xml")
@everyone
@limited("1000 per minute", by_address=True)
def sitemap() -> Response:
    """Send the index of the sitemaps; until the worker has built it, ask for patience."""
    tag = shelf.tag(shelf.INDEX)
    if tag is None:
        return Response(status=503, headers={"Retry-After": "600", "Cache-Control": "no-store"})
    return _sent(shelf.INDEX, tag)


@blueprint.get("/sitemaps/<name>.xml")
@everyone
@limited("1000 per minute", by_address=True)
def sitemap_part(name: str) -> Response:
    """Send one part of the sitemaps."""
    return _sent(name, existing(shelf.tag(name), _l("There is no such file.")))


def _sent(name: str, tag: str) -> Response:
    """Send a file as it lies there, unpacked for the few who cannot do that."""
    unpacks = request.accept_encodings.quality("gzip") > 0
    answer = Response(mimetype="application/xml")
    if unpacks:
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.headers["Cache-Control"] = TEN_MINUTES
    answer.set_etag(tag + ("-gzip" if unpacks else ""))
    if request.if_none_match.contains_weak(answer.get_etag()[0] or ""):
        answer.status_code = HTTPStatus.NOT_MODIFIED
        return answer
    packed = shelf.packed(name, tag)
    answer.set_data(packed if unpacks else gzip.decompress(packed))
    return answer
