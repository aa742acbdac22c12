"""Where the panel shows up on other pages."""

from __future__ import annotations

from flask import render_template

from community.core.slots import fills
from community.members.login import viewer


@fills("account")
def way_to_panel() -> str:
    """Lead admins to the panel."""
    return render_template("panel/_account.html") if viewer().is_admin else ""
