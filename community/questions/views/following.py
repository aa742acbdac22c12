"""Following a question, and having its problem too."""

from __future__ import annotations

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from community.core.access import members_only
from community.core.i18n import _
from community.core.limits import limited
from community.core.web import wants_json
from community.members.login import current_member
from community.questions.services import following
from community.questions.views import on_thread
from community.questions.views.thread import address_of, question_seen


@on_thread.post("/questions/<int:question_id>/me-too")
@members_only
@limited("60 per minute")
def me_too(question_id: int) -> ResponseReturnValue:
    """Say "I have this problem too", or take it back with have=0."""
    question = question_seen(question_id)
    has = request.form.get("have", "1") != "0"
    act = following.have_too if has else following.have_no_more
    count = act(current_member(), question)
    if wants_json():
        return jsonify(count=count, has=has)
    if has:
        flash(_("Noted. You now follow this question and will hear when it is solved."), "success")
    return redirect(address_of(question), 303)


@on_thread.post("/questions/<int:question_id>/follow")
@members_only
@limited("60 per minute")
def follow(question_id: int) -> ResponseReturnValue:
    """Follow a question, or follow it no more with follow=0."""
    question = question_seen(question_id)
    follows = request.form.get("follow", "1") != "0"
    act = following.follow if follows else following.unfollow
    act(current_member(), question)
    if wants_json():
        return jsonify(follows=follows)
    if follows:
        flash(_("You follow this question now."), "success")
    else:
        flash(_("You no longer follow this question."), "success")
    return redirect(address_of(question), 303)
