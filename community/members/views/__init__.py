"""Pages of the members. One module for each verb; all share this blueprint."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("members", __name__)
