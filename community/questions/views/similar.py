"""Questions about the same, while somebody types and before they post."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.limits import limited
from community.core.web import wants_json
from community.questions.forms.asking import TITLE_LENGTH, one_line
from community.questions.queries import alike
from community.questions.queries.alike import Alike
from community.questions.views import blueprint


@blueprint.get("/similar")
@everyone
@limited("60 per minute; 5 per second")
def similar() -> ResponseReturnValue:
    """Show up to five questions about the same as ?title= and ?body=, as a piece of HTML or JSON.

    It is empty for a title that is too short, and while the index cannot be read.
    """
    title = one_line(request.args.get("title"))[: TITLE_LENGTH[1]]
    found = alike.similar(title, request.args.get("body", ""))
    if wants_json():
        return _as_json(found)
    return render_template("questions/_similar.html", similar=found, is_fragment=True)


def _as_json(found: Sequence[Alike]) -> Response:
    return jsonify(questions=[_summary(each) for each in found])


def _summary(each: Alike) -> dict[str, object]:
    question = each.question
    return {
        "id": question.id,
        "title": question.title,
        "url": url_for("questions.show", question_id=question.id, slug=question.slug),
        "solved": question.is_solved,
        "score": question.score,
    }
