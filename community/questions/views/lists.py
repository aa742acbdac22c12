"""Lists of questions."""

from __future__ import annotations

from flask import render_template

from community.core.access import everyone
from community.core.limits import limited
from community.core.web import page_number
from community.questions.queries import lists
from community.questions.views import blueprint


@blueprint.get("/")
@everyone
@limited()
def index() -> str:
    """List questions, newest first."""
    page = lists.listed(lists.Filters(), page_number())
    return render_template("questions/index.html", page=page)
