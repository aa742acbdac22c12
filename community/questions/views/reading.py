"""Counting page views without making anybody wait."""

from __future__ import annotations

import atexit
from typing import cast

from flask import Flask, current_app, request
from flask.blueprints import BlueprintSetupState

from community.members.login import viewer
from community.questions import readership
from community.questions.readership import Readership
from community.questions.services import reading
from community.questions.views import on_thread


def note(question_id: int) -> None:
    """Count this request as a view of a question, unless a program came or only asks."""
    browser = request.user_agent.string
    if request.method != "GET" or readership.is_machine(browser):
        return
    reader = str(viewer().id or f"{request.remote_addr} {browser}")
    of_app(current_app).note(question_id, reader)


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
