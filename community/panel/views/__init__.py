"""Pages of the admin panel, all below /admin. templates/panel/_frame.html is their frame."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("panel", __name__, url_prefix="/admin")
