"""What programs ask of the site: whether it is well, and the style sheet of the brand."""

from __future__ import annotations

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from community.core import colours
from community.core.access import everyone
from community.core.assets import A_YEAR
from community.core.errors import NotFound
from community.core.i18n import _l
from community.core.limits import limited
from community.site import invitation, queries
from community.site.views import blueprint


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


@blueprint.get("/brand/<colour>.css")
@everyone
@limited()
def brand_style(colour: str) -> Response:
    """Send the shades that follow from the brand's colour. The address names it, so it is kept."""
    if not colours.is_colour(f"#{colour}"):
        raise NotFound(_l("There is no such file."))
    shades = colours.shades(f"#{colour.lower()}")
    answer = Response(render_template("site/_brand.css", shades=shades), mimetype="text/css")
    answer.headers["Cache-Control"] = A_YEAR
    return answer
