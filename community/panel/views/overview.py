"""The first page of the panel: what waits, and how the community does."""

from __future__ import annotations

from flask import render_template

from community.core.access import admins_only
from community.core.limits import limited
from community.panel.queries import waiting
from community.panel.views import blueprint


@blueprint.get("")
@admins_only
@limited()
def overview() -> str:
    """Show what waits for somebody."""
    return render_template("panel/overview.html", jobs=waiting.jobs())
