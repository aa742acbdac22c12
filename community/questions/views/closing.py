"""Closing a question with a reason, and opening it again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import members_only
from community.core.errors import Invalid, NotFound
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.questions import queries
from community.questions.forms.correcting import ClosureForm
from community.questions.models import CloseReason, Question
from community.questions.policies import may_close
from community.questions.queries import arrangements
from community.questions.services import closing
from community.questions.views import on_thread
from community.questions.views.thread import address_of, question_seen


@on_thread.route("/questions/<int:question_id>/closure", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def close(question_id: int) -> ResponseReturnValue:
    """Ask for the reason; then close the question."""
    question = question_seen(question_id)
    require(may_close(current_member(), question))
    form = ClosureForm(**_suggested())
    form.offer(arrangements.likely_twins(question))
    if form.validate_on_submit():
        try:
            _close(question, form)
        except (Invalid, NotFound) as error:
            form.original.errors = [str(error)]
        else:
            flash(_("The question is closed."), "success")
            return redirect(address_of(question), 303)
    shown = render_template("questions/close.html", question=queries.by_id(question_id), form=form)
    return shown, 422 if form.errors else 200


def _suggested() -> dict[str, str]:
    """Return what a suggestion fills in: the reason, and the earlier question."""
    number = request.args.get("original", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    return {"reason": CloseReason.DUPLICATE.value, "original": number} if known else {}


def _close(question: Question, form: ClosureForm) -> None:
    reason = CloseReason(form.reason.data)
    original = None
    if reason == CloseReason.DUPLICATE:
        number = form.original_id()
        if number is None:
            raise Invalid(_l("Give the address or the number of the earlier question."))
        original = queries.by_id(number)
    closing.close(current_member(), question, reason, original)


@on_thread.post("/questions/<int:question_id>/closure/removal")
@members_only
@limited(WRITING)
def reopen(question_id: int) -> ResponseReturnValue:
    """Take answers again."""
    question = question_seen(question_id)
    closing.reopen(current_member(), question)
    flash(_("The question is open again."), "success")
    return redirect(address_of(question), 303)
