"""Voting on questions and answers."""

from __future__ import annotations

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue

from community.core.access import members_only
from community.core.errors import Invalid
from community.core.i18n import _l, _n
from community.core.limits import limited
from community.core.web import wants_json
from community.members.login import current_member
from community.posts.models import Post
from community.questions.views import on_thread
from community.questions.views.thread import address_of, found
from community.votes import queries as vote_queries
from community.votes.services import Value, cast_vote

VALUES: dict[str, Value] = {"1": 1, "-1": -1, "0": 0}


@on_thread.post("/questions/<int:post_id>/vote", defaults={"kind": "questions"})
@on_thread.post("/answers/<int:post_id>/vote", defaults={"kind": "answers"})
@members_only
@limited("60 per minute")
def vote(kind: str, post_id: int) -> ResponseReturnValue:
    """Vote, or take the vote back by giving the same again."""
    post = found(kind, post_id)
    own = _wanted(post)
    score = cast_vote(current_member(), post, own)
    if wants_json():
        said = _n("vote", "votes", score)
        return jsonify(score=score, own=own, said=said)
    return redirect(address_of(post), 303)


def _wanted(post: Post) -> Value:
    """Return the vote that the member wants to have.

    The form says which vote the member saw as their own; so clicking twice on the same page
    asks for the same thing twice.
    """
    value = VALUES.get(request.form.get("value", ""), 0)
    if not value:
        raise Invalid(_l("A vote is up or down."))
    had = VALUES.get(request.form.get("had", ""))
    if had is None:
        had = VALUES[str(vote_queries.values_of(current_member(), [post]).get(post.id, 0))]
    return 0 if value == had else value
