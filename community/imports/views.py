"""Old addresses, as search engines and mails still hold them, lead to where things are now."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.limits import limited
from community.imports import queries
from community.questions.models import Answer, Comment, Question

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


def _to(post: Question | Answer | Comment) -> ResponseReturnValue:
    """Redirect for good, so to addresses that stay. What is hidden says so itself there."""
    if isinstance(post, Question):
        address = url_for("questions.show", question_id=post.id, slug=post.slug)
    else:
        address = url_for("thread.permalink", kind=f"{post.kind}s", post_id=post.id)
    return redirect(address, code=HTTPStatus.MOVED_PERMANENTLY)
