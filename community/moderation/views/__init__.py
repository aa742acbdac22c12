"""Pages of moderation. One module for each area; all share these addresses."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("moderation", __name__)
