"""The page of the leaderboards."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.i18n import _l
from community.core.limits import limited
from community.leaderboards import queries
from community.leaderboards.models import Span
from community.products import queries as product_queries
from community.products.addresses import led_elsewhere

blueprint = Blueprint("leaderboards", __name__)
WORDS = {
    Span.WEEK: _l("Last 7 days"),
    Span.MONTH: _l("Last 30 days"),
    Span.QUARTER: _l("Last 3 months"),
    Span.ALL: _l("All time"),
}
FIRST = Span.MONTH


@blueprint.get("/leaderboards")
@everyone
@limited()
def index() -> ResponseReturnValue:
    """Show who helped others most, over a span of time and in a product or in all."""
    wanted = request.args.get("span", "")
    span = next((each for each in Span if each == wanted), FIRST)
    products = product_queries.current()
    product = next((each for each in products if each.slug == request.args.get("product")), None)
    if product is None and (led := led_elsewhere()):
        return led
    number = product.id if product else queries.ALL_PRODUCTS
    return render_template(
        "leaderboards/index.html",
        board=queries.board(span, number),
        span=span,
        spans=WORDS,
        product=product,
        products=products,
        is_first=span == FIRST and product is None,
        worth=(queries.SOLUTION, queries.HELPFUL),
    )
