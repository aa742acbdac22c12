"""What programs ask of the site: whether it is well, and the style sheet of the brand."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from community.core import brand, colours, counting, files, fonts
from community.core.access import everyone
from community.core.assets import A_YEAR, STATIC
from community.core.errors import NotFound, existing
from community.core.i18n import _l
from community.core.limits import limited
from community.site import invitation, queries
from community.site.views import blueprint

if TYPE_CHECKING:
    from prometheus_client import Metric


@blueprint.get("/healthz")
@everyone
@limited("600 per minute")
def healthz() -> ResponseReturnValue:
    """Tell a watching program whether the forum works, and what does not."""
    broken = queries.what_is_broken()
    parts = {part: broken.get(part, "ok") for part in queries.PARTS}
    answer = jsonify(ok=not broken, set_up=invitation.is_over(), **parts)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 503 if broken else 200


@blueprint.get("/livez")
@everyone
@limited("6000 per minute", by_address=True)
def livez() -> Response:
    """Tell a load balancer that this node can answer visitors, whatever it leans on may do.

    Without Redis nothing is missing, and without the database there are still the kept pages and
    the page that says so: taking every node out would help nobody.
    """
    answer = jsonify(ok=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


class Measures:
    """What stands in the database. Read, not set: what is set would be counted by process."""

    def collect(self) -> Iterator[Metric]:
        """Yield each measure as Prometheus wants it."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        for name, meaning, value in queries.measures():
            yield GaugeMetricFamily(f"tertulia_{name}", meaning, value=value)


@blueprint.get("/metrics")
@everyone
@limited("600 per minute")
def metrics() -> Response:
    """Tell Prometheus how the forum does, and what this machine answered, if it has the token."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(given.encode(), token.encode()):
        raise NotFound(_l("There is no such page."))
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415

    registry = CollectorRegistry()
    registry.register(Measures())
    counting.add_all_to(registry, current_app)
    answer = Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/brand/<name>.css")
@everyone
@limited()
def brand_style(name: str) -> Response:
    """Send the brand's colours and fonts. The address names them all, so it is kept."""
    style = existing(brand.style_named(name), _l("There is no such file."))
    shades = colours.shades(style.colour, style.ink, style.dark)
    font, headings = fonts.FONTS[style.font], fonts.FONTS[style.headings]
    sheet = render_template("site/_brand.css", shades=shades, font=font, headings=headings)
    answer = Response(sheet, mimetype="text/css")
    answer.headers["Cache-Control"] = A_YEAR
    return answer


@blueprint.get("/favicon.ico")
@everyone
@limited(by_address=True)
def favicon() -> Response:
    """Send the small drawing of the brand to browsers that ask for it without being told where."""
    name = brand.FAVICON.get()
    body = files.storage().read(name) if name else (STATIC / "img" / "favicon.ico").read_bytes()
    answer = Response(body, mimetype=mimetypes.guess_type(name or "favicon.ico")[0])
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer
