"""Where the leaderboards show up on other pages."""

from __future__ import annotations

from flask import render_template

from community.core.slots import fills


@fills("footer", order=55)
def way_to_leaderboards() -> str:
    """Lead to the leaderboards."""
    return render_template("leaderboards/_footer.html")
