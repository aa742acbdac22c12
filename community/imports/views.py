"""Old addresses, as search engines and mails still hold them, lead to where things are now."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.limits import limited
from community.imports import queries
from community.questions.models import Answer, Question
from community.questions.queries import by_id

blueprint = Blueprint("imports", __name__, url_prefix="/imported")


@blueprint.get("/<source>/q/<old_id>")
@everyone
@limited()
def question(source: str, old_id: str) -> ResponseReturnValue:
    """Send the visitor of an old question to where it is now."""
    return _to(queries.post_of(source, "questions", old_id))


@blueprint.get("/<source>/a/<old_id>")
@everyone
@limited()
def answer(source: str, old_id: str) -> ResponseReturnValue:
    """Send the visitor of an old answer to where it is now."""
    return _to(queries.post_of(source, "answers", old_id))


def _to(post: Question | Answer) -> ResponseReturnValue:
    """Redirect for good. What is hidden says so itself at its own address."""
    thread = post if isinstance(post, Question) else by_id(post.question_id)
    anchor = f"answer-{post.id}" if isinstance(post, Answer) else None
    address = url_for("questions.show", question_id=thread.id, slug=thread.slug, _anchor=anchor)
    return redirect(address, code=301)
