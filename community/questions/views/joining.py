"""Merging threads, and taking them apart again."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_of_anything
from community.core.errors import CommunityError, Conflict, Invalid
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.questions import queries
from community.questions.forms.ordering import PlainForm, number_in
from community.questions.models import Question
from community.questions.policies import may_part, may_rearrange
from community.questions.queries import arrangements
from community.questions.services import joining
from community.questions.views import on_thread
from community.questions.views.ordering import asked_for, page, question_to_order, tried
from community.questions.views.thread import address_of


@on_thread.get("/questions/<int:question_id>/merging")
@moderators_of_anything
@limited()
def merge(question_id: int) -> ResponseReturnValue:
    """Ask which thread it becomes a part of, and lead to what that means."""
    question = question_to_order(question_id)
    named, problem = asked_for("into"), ""
    if named:
        try:
            into_id = _named(question, named).id
        except CommunityError as error:
            problem = str(error)
        else:
            return redirect(url_for(".merge_into", question_id=question_id, into_id=into_id))
    twins = arrangements.likely_twins(question)
    shown = render_template(
        "questions/merge.html", question=question, suggested=twins, problem=problem, named=named
    )
    return shown, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


@on_thread.route("/questions/<int:question_id>/merging/<int:into_id>", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def merge_into(question_id: int, into_id: int) -> ResponseReturnValue:
    """Show what it means that a thread becomes a part of another; then merge them."""
    _named(question_to_order(question_id), str(into_id))
    form = PlainForm()
    unsent.put_back(form)
    if form.validate_on_submit() and tried(form, lambda: _merge(question_id, into_id, form)):
        flash(_("The two threads are one now."), "success")
        return redirect(address_of(queries.by_id(into_id)), HTTPStatus.SEE_OTHER)
    return page("questions/merge_into.html", form, question_id, into=queries.by_id(into_id))


def _merge(question_id: int, into_id: int, form: PlainForm) -> None:
    question, into = queries.by_id(question_id), queries.by_id(into_id)
    joining.merge(current_member(), question, into, form.reason.data or "")


def _named(question: Question, words: str) -> Question:
    """Return the other thread, or the one that it is a part of. Raises Invalid and Forbidden."""
    number = number_in(words)
    if number is None:
        raise Invalid(_l("Give the address or the number of the other question."))
    into = queries.by_id(number)
    if into.merged_into_id is not None:
        into = queries.by_id(into.merged_into_id)
    if into.id == question.id:
        raise Invalid(_l("A question cannot be merged with itself."))
    require(may_rearrange(current_member(), into))
    return into


@on_thread.route("/questions/<int:question_id>/parting", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def part(question_id: int) -> ResponseReturnValue:
    """Say what becomes of a question that was merged; then make two threads of one."""
    question = queries.by_id(question_id)
    if question.merged_into_id is None:
        raise Conflict(_l("This question is not merged."))
    into = queries.by_id(question.merged_into_id)
    require(may_part(current_member(), question, into))
    form, into_id = PlainForm(), into.id
    unsent.put_back(form)

    def do() -> None:
        joining.part(current_member(), queries.by_id(question_id), form.reason.data or "")

    if form.validate_on_submit() and tried(form, do):
        flash(_("They are two threads again."), "success")
        return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)
    return page("questions/part.html", form, question_id, into=queries.by_id(into_id))
