"""Marking the solution and the official answer, and taking the marks back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import members_only, staff_only
from community.core.errors import Conflict
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.questions import queries
from community.questions.forms.correcting import ReasonForm
from community.questions.models import Answer, Question
from community.questions.policies import may_solve
from community.questions.services import solving
from community.questions.views import on_thread
from community.questions.views.thread import address_of, found, question_seen


@on_thread.post("/questions/<int:question_id>/solution")
@members_only
@limited(WRITING)
def accept(question_id: int) -> ResponseReturnValue:
    """Mark an answer as the solution."""
    question = question_seen(question_id)
    number = request.form.get("answer_id", "")
    answer = queries.answer_by_id(int(number) if number.isdecimal() and len(number) < 10 else 0)
    solving.accept(current_member(), question, answer)
    flash(_("Marked as the solution. It stands right below the question now."), "success")
    return redirect(address_of(answer), 303)


@on_thread.route("/questions/<int:question_id>/solution/removal", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def take_back(question_id: int) -> ResponseReturnValue:
    """Ask why it does not solve it after all; then take the mark back."""
    question = question_seen(question_id)
    require(may_solve(current_member(), question))
    solution = _solution_of(question)
    form = ReasonForm()
    if not form.validate_on_submit():
        return render_template(
            "questions/take_back.html", question=question, solution=solution, form=form
        ), (422 if form.errors else 200)
    solving.take_back_solution(current_member(), question, solution, form.text())
    flash(_("The question is open again. Those who follow it will see that."), "success")
    return redirect(address_of(question), 303)


def _solution_of(question: Question) -> Answer:
    if question.solution_id is None:
        raise Conflict(_l("This question has no solution marked."))
    return queries.answer_by_id(question.solution_id)


@on_thread.post("/answers/<int:answer_id>/official")
@staff_only
@limited(WRITING)
def make_official(answer_id: int) -> ResponseReturnValue:
    """Make an answer the word of the company."""
    answer = _answer(answer_id)
    solving.make_official(current_member(), answer)
    flash(_("This is the official answer now."), "success")
    return redirect(address_of(answer), 303)


@on_thread.post("/answers/<int:answer_id>/official/removal")
@staff_only
@limited(WRITING)
def take_back_official(answer_id: int) -> ResponseReturnValue:
    """Let an answer be one among others again."""
    answer = _answer(answer_id)
    solving.take_back_official(current_member(), answer)
    flash(_("This answer is no longer the official one."), "success")
    return redirect(address_of(answer), 303)


def _answer(answer_id: int) -> Answer:
    answer = found("answers", answer_id)
    assert isinstance(answer, Answer)
    return answer
