"""Counting page views without making anybody wait."""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app, request
from flask.blueprints import BlueprintSetupState

from community.core import looking
from community.core.recordings import on_each_visit
from community.members.login import viewer
from community.questions import readership
from community.questions.readership import Readership
from community.questions.services import reading
from community.questions.views import on_thread

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def note(question_id: int) -> None:
    """Count this request as a view of a question, and every later one that its page answers."""
    if looking.is_on():
        return
    counter = of_app(current_app)
    _note(counter, question_id, request.environ, str(viewer().id or ""))
    on_each_visit(lambda environ: _note(counter, question_id, environ))


def _note(
    counter: Readership, question_id: int, environ: WSGIEnvironment, member: str = ""
) -> None:
    """Count a view, unless a program came or only asks."""
    browser = environ.get("HTTP_USER_AGENT", "")
    if environ["REQUEST_METHOD"] == "GET" and not readership.is_machine(browser):
        counter.note(question_id, member or f"{environ.get('REMOTE_ADDR')} {browser}")


def of_app(app: Flask) -> Readership:
    """Return the counter of an application."""
    counter: Readership = app.extensions["readership"]
    return counter


@on_thread.record_once
def _begin_counting(setup: BlueprintSetupState) -> None:
    app = cast(Flask, setup.app)

    def write(views: dict[int, int]) -> None:
        with app.app_context():
            reading.add_views(views)

    counter = Readership(write, in_background=not app.testing)
    app.extensions["readership"] = counter
    if not app.testing:
        atexit.register(counter.write)
