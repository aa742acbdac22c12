"""Sending the cards of questions."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.files import storage
from community.core.limits import limited
from community.members.models import Guest
from community.questions import queries
from community.questions.queries import threads
from community.seo import cards
from community.seo.services import cards as services
from community.seo.views import blueprint

FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/cards/<int:question_id>/<name>")
@everyone
@limited(by_address=True)
def card(question_id: int, name: str) -> ResponseReturnValue:
    """Send the card of a public question; an old name leads to the present one.

    What was not drawn yet is drawn soon; meanwhile the forum's own card stands in.
    """
    question = queries.by_id(question_id)
    threads.refuse_unseen(question, Guest())
    present = cards.name_of(cards.face_of(question))
    if not storage().exists(present):
        services.ask_for(question)
        return _for_now(url_for("seo.card_of_brand", name=cards.name_of(cards.face_of_brand())))
    if name != present:
        address = url_for("seo.card", question_id=question_id, name=present)
        return redirect(address, HTTPStatus.FOUND)
    return _sent(present)


@blueprint.get("/cards/<name>")
@everyone
@limited(by_address=True)
def card_of_brand(name: str) -> ResponseReturnValue:
    """Send the card of the whole forum; before the worker has drawn it, its small drawing."""
    present = cards.name_of(cards.face_of_brand())
    if not storage().exists(present):
        return _for_now("/favicon.ico")
    if name != present:
        return _for_now(url_for("seo.card_of_brand", name=present))
    return _sent(present)


def _for_now(address: str) -> ResponseReturnValue:
    """Lead to another picture, without anybody keeping that in mind."""
    answer = redirect(address, HTTPStatus.FOUND)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent(name: str) -> Response:
    answer = Response(storage().read(name), mimetype="image/png")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
