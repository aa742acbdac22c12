"""Sending the cards of questions."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.errors import NotFound
from community.core.files import storage
from community.core.i18n import _l
from community.core.limits import limited
from community.members.models import Guest
from community.questions import queries
from community.questions.queries import threads
from community.seo import cards
from community.seo.views import blueprint

FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/cards/<int:question_id>/<name>")
@everyone
@limited(by_address=True)
def card(question_id: int, name: str) -> ResponseReturnValue:
    """Send the card of a public question; an old name leads to the present one."""
    question = queries.by_id(question_id)
    threads.refuse_unseen(question, Guest())
    present = cards.name_of(cards.face_of(question))
    if not storage().exists(present):
        raise NotFound(_l("There is no such file."))
    if name != present:
        address = url_for("seo.card", question_id=question_id, name=present)
        return redirect(address, HTTPStatus.FOUND)
    answer = Response(storage().read(present), mimetype="image/png")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
