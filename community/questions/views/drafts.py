"""Keeping what a member writes, while they write it."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, jsonify, request

from community.core.access import members_only
from community.core.arriving import as_text
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.limits import limited
from community.members.login import current_member
from community.questions.services import drafting
from community.questions.views import writing

# A form on the site, such as "questions.new" or "answer-7".
PLACE = re.compile(r"[a-z.]{1,40}(?:[:-][0-9]{1,12})?")
MOST_FIELDS = 12
MOST_NAME = 40


@writing.post("/drafts")
@members_only
@limited("60 per minute")
def keep() -> Response:
    """Keep {"place": …, "fields": {…}}; empty fields forget it.

    Raises Invalid for anything else.
    """
    place, fields = _asked(request.get_json(silent=True))
    drafting.keep_draft(current_member(), place, fields)
    return jsonify(saved=any(text.strip() for text in fields.values()))


def _asked(given: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401
    """Return the place and the fields of a draft as a program sent them."""
    asked = given if isinstance(given, dict) else {}
    place, fields = asked.get("place"), asked.get("fields")
    if not isinstance(place, str) or not PLACE.fullmatch(place):
        raise Invalid(_("A draft says where it belongs."))
    if not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        raise Invalid(_("A draft has fields with text."))
    if not all(isinstance(text, str) and len(name) <= MOST_NAME for name, text in fields.items()):
        raise Invalid(_("A draft has fields with text."))
    return place, {as_text(name): as_text(text) for name, text in fields.items()}
