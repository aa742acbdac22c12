"""The list of all questions, filtered and sorted."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.errors import NotFound
from community.core.limits import limited
from community.core.recordings import kept_for_guests
from community.core.shared_parts import same_for_all
from community.core.web import page_number, page_size
from community.members.login import shared_page
from community.products import queries as product_queries
from community.products.addresses import led_elsewhere
from community.questions.forms.filters import chosen, filters_of_address
from community.questions.queries import lists
from community.questions.views import blueprint


@blueprint.get("")
@kept_for_guests
@everyone
@limited()
def index() -> ResponseReturnValue:
    """List questions, filtered and sorted as the address says."""
    if request.args.get("topic") and (led := led_elsewhere()):
        return led

    def show_list() -> str:
        products = product_queries.current()
        wanted = filters_of_address(products)
        pinned, page = lists.with_pinned(wanted, page_number(), page_size())
        return render_template(
            "questions/_index.html", pinned=pinned, page=page, products=products, filters=chosen()
        )

    def show() -> str:
        return render_template("questions/index.html", content=same_for_all(show_list))

    try:
        return shared_page(show)
    except NotFound:
        if led := led_elsewhere():
            return led
        raise
