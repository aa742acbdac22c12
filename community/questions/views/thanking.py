"""Saying thank you for an answer: one tap, and words for who has some."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import members_only
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.core.web import wants_json
from community.members.login import current_member
from community.posts.models import Post
from community.questions.forms.replying import ThanksForm
from community.questions.views import on_thread
from community.questions.views.thread import address_of, found
from community.thanks import queries as thanks
from community.thanks import services as thanking
from community.thanks.policies import may_thank


@on_thread.post("/answers/<int:answer_id>/thanks")
@members_only
@limited("60 per minute")
def thank(answer_id: int) -> ResponseReturnValue:
    """Say thank you with one tap, or take it back with another one."""
    answer, member = found("answers", answer_id), current_member()
    wanted = request.form.get("thanks") != "0"
    count = (thanking.thank if wanted else thanking.take_back)(member, answer)
    if wants_json():
        return jsonify(count=count, own=wanted)
    flash(_("Thank you for saying so. The author hears of it.") if wanted else _("Taken back."))
    return redirect(address_of(answer), HTTPStatus.SEE_OTHER)


@on_thread.route("/answers/<int:answer_id>/thanks/words", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def thank_with_words(answer_id: int) -> ResponseReturnValue:
    """Take some words that only the author of the answer reads."""
    answer, member = found("answers", answer_id), current_member()
    require(may_thank(member, answer))
    said = thanks.of(member, answer)
    form = ThanksForm(words=said.words if said else "")
    unsent.put_back(form)
    if form.validate_on_submit() and _send(form, answer):
        flash(_("Your words are on their way."), "success")
        return redirect(address_of(found("answers", answer_id)), HTTPStatus.SEE_OTHER)
    back = url_for("thread.permalink", kind="answers", post_id=answer_id)
    shown = render_template("questions/thank.html", answer_id=answer_id, form=form, back=back)
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _send(form: ThanksForm, answer: Post) -> bool:
    """Say thank you with words; what is wrong with them is said at the form."""
    try:
        thanking.thank(current_member(), answer, form.words.data or "")
    except Invalid as error:
        form.words.errors = [str(error)]
    return not form.errors
