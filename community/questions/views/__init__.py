"""Pages of questions and answers. One module for each verb; all share these two blueprints."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("questions", __name__, url_prefix="/questions")
# What serves every place where people write: previews and drafts.
writing = Blueprint("writing", __name__)
