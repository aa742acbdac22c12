"""How a text will look."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request

from community.core.access import members_only
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.limits import limited
from community.posts.texts import prepare
from community.questions.forms.asking import BODY_LENGTH, with_unix_lines
from community.questions.views import writing


@writing.post("/preview")
@members_only
@limited("30 per minute")
def preview() -> Response:
    """Render ?source= as it would be posted and return it as JSON. Raises Invalid if too long."""
    source = with_unix_lines(_source())
    if len(source) > BODY_LENGTH[1]:
        raise Invalid(_("This text is too long."))
    return jsonify(html=prepare(source).rendered.html)


def _source() -> str:
    given: Any = request.get_json(silent=True) if request.is_json else request.form
    source = given.get("source") if hasattr(given, "get") else ""
    return source if isinstance(source, str) else ""
