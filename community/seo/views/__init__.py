"""What robots and readers of feeds ask for."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("seo", __name__)
