"""Where the panel shows up on other pages."""

from __future__ import annotations

from typing import Any

from flask import render_template

from community.core.slots import fills
from community.members.login import viewer
from community.panel import board


@fills("account")
def way_to_panel() -> str:
    """Lead admins to the panel."""
    return render_template("panel/_account.html") if viewer().is_admin else ""


@fills("base.banners")
def banners_of_page(question: Any, product: Any) -> str:  # noqa: ANN401 - whatever the page calls so
    """Show the banners of a page: those for all, and those of the product that it is about."""
    product_id = getattr(question, "product_id", None) or getattr(product, "id", None)
    found = board.banners_for(viewer(), product_id)
    return render_template("panel/_banners.html", banners=found) if found else ""
