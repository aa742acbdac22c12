"""What the last page left to be said on this one, such as "Your question is online"."""

from __future__ import annotations

from flask import get_flashed_messages, render_template

from community.core.slots import fills


@fills("base.flashes")
def flashes() -> str:
    """Show the messages once. Most pages have none, and need no template to say so."""
    said = get_flashed_messages(with_categories=True)
    return render_template("_flashes.html", flashes=said) if said else ""
