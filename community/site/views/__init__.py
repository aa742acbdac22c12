"""Pages of the site itself: the front door, the first visit, health and the brand's colours."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("site", __name__)
