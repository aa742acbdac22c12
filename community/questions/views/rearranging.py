"""Putting threads in order: answers that are comments, and the other way round."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from community.core.access import moderators_of_anything
from community.core.errors import Invalid
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.questions import queries
from community.questions.models import Answer, Comment
from community.questions.policies import may_rearrange
from community.questions.services import rearranging
from community.questions.views import on_thread
from community.questions.views.thread import address_of


@on_thread.get("/posts/<int:post_id>/kind")
@moderators_of_anything
@limited()
def kind(post_id: int) -> ResponseReturnValue:
    """Say what becomes of an answer or a comment."""
    post = queries.post_by_id(post_id)
    question = queries.question_of(post)
    require(may_rearrange(current_member(), question))
    return render_template("questions/kind.html", post=post, question=question)


@on_thread.post("/posts/<int:post_id>/kind")
@moderators_of_anything
@limited(WRITING)
def turn(post_id: int) -> ResponseReturnValue:
    """Make an answer a comment, or a comment an answer."""
    post = queries.post_by_id(post_id)
    question_id = queries.question_of(post).id
    if isinstance(post, Answer):
        rearranging.make_comment(current_member(), post)
    elif isinstance(post, Comment):
        rearranging.make_answer(current_member(), post)
    else:
        raise Invalid(_l("This cannot be done here."))
    flash(_("Done."), "success")
    return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)
