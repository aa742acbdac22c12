"""The first page of the panel: what waits, and how the community does."""

from __future__ import annotations

from pathlib import Path

from flask import current_app, render_template

from community.core.access import admins_only
from community.core.limits import limited
from community.core.replica import from_replica
from community.panel import charts
from community.panel.queries import waiting
from community.panel.views import blueprint


@blueprint.get("")
@admins_only
@limited()
@from_replica
def overview() -> str:
    """Show what waits for somebody, and the last thirty days."""
    return render_template(
        "panel/overview.html",
        jobs=waiting.jobs(),
        reviews=waiting.reviews(),
        questions=waiting.questions(),
        charts=waiting.charts(),
        drawn=charts.drawn,
        index_works=waiting.index_works(),
        disk=waiting.disk(Path(current_app.config["INSTANCE_FOLDER"])),
        version=current_app.extensions["assets"].version,
    )
