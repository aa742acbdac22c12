"""Pages of questions and answers. One module for each verb; all share these blueprints."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("questions", __name__, url_prefix="/questions")
# What serves every place where people write: previews and drafts.
writing = Blueprint("writing", __name__)
# What is done on the page of a question: to the question itself, its answers and comments.
on_thread = Blueprint("thread", __name__)
