"""One page from which moderators put a thread in order, and the pages that it leads to."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_of_anything
from community.core.errors import CommunityError
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.forms import blame
from community.members.login import current_member
from community.questions import queries
from community.questions.forms.ordering import KINDS, PinForm, PurposeForm, SplitForm
from community.questions.models import Question, QuestionKind
from community.questions.policies import may_change_kind, may_pin, may_rearrange
from community.questions.queries import arrangements
from community.questions.services import arranging, pinning, rearranging
from community.questions.views import on_thread
from community.questions.views.offers import offers_of_question
from community.questions.views.thread import address_of, question_seen


def question_to_order(question_id: int) -> Question:
    """Return a question whose thread the visitor may put in order. Raises Forbidden."""
    question = question_seen(question_id)
    require(may_rearrange(current_member(), question))
    return question


@on_thread.get("/questions/<int:question_id>/order")
@moderators_of_anything
@limited()
def order(question_id: int) -> ResponseReturnValue:
    """Show all that can be done to put a thread in order."""
    question = question_to_order(question_id)
    may = offers_of_question(current_member(), question)
    merged = arrangements.merged_into(question.id)
    return render_template(
        "questions/order.html", question=question, may=may, merged=merged, kinds=KINDS
    )


@on_thread.route("/questions/<int:question_id>/split", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def split(question_id: int) -> ResponseReturnValue:
    """Let answers be chosen that get a question of their own; then split the thread."""
    question = question_to_order(question_id)
    form = SplitForm()
    form.offer(arrangements.answers_to_choose(question))
    unsent.put_back(form)
    made: list[int] = []
    if form.validate_on_submit() and tried(form, lambda: made.append(_split(question_id, form))):
        flash(_("The answers have a question of their own."), "success")
        return _to(made[0])
    return page("questions/split.html", form, question_id)


def _split(question_id: int, form: SplitForm) -> int:
    question, ids = queries.by_id(question_id), form.answers.data or []
    title, reason = form.title.data or "", form.reason.data or ""
    return rearranging.split(current_member(), question, ids, title, reason).id


@on_thread.route("/questions/<int:question_id>/purpose", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def purpose(question_id: int) -> ResponseReturnValue:
    """Ask what a thread is for; then keep it."""
    question = question_to_order(question_id)
    form = PurposeForm(purpose=question.purpose.value)
    member = current_member()
    form.offer([kind for kind in QuestionKind if may_change_kind(member, question, kind)])
    unsent.put_back(form)

    def change() -> None:
        kind, reason = QuestionKind(form.purpose.data), form.reason.data or ""
        arranging.change_kind(current_member(), queries.by_id(question_id), kind, reason)

    if form.validate_on_submit() and tried(form, change):
        flash(_("Saved."), "success")
        return _to(question_id)
    return page("questions/purpose.html", form, question_id)


@on_thread.route("/questions/<int:question_id>/pin", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def pin(question_id: int) -> ResponseReturnValue:
    """Ask how long a question stands first, and where; then pin it."""
    question = question_to_order(question_id)
    form = PinForm(where="all" if question.is_pinned_everywhere else "product")
    everywhere = bool(may_pin(current_member(), question, everywhere=True))
    form.offer(arrangements.product_name(question), everywhere=everywhere)
    unsent.put_back(form)

    def do() -> None:
        question = queries.by_id(question_id)
        pinning.pin(current_member(), question, form.wish(), form.reason.data or "")

    if form.validate_on_submit() and tried(form, do):
        flash(_("It is pinned."), "success")
        return _to(question_id)
    return page("questions/pin.html", form, question_id)


@on_thread.post("/questions/<int:question_id>/pin/removal")
@moderators_of_anything
@limited(WRITING)
def unpin(question_id: int) -> ResponseReturnValue:
    """Let a question stand among the others again."""
    pinning.unpin(current_member(), question_to_order(question_id))
    flash(_("It is no longer pinned."), "success")
    return _to(question_id)


def tried(form: Any, work: Any) -> bool:  # noqa: ANN401
    """Do it, or say at the form why it cannot be done."""
    try:
        work()
    except CommunityError as error:
        blame(form, error, "")
    return not form.errors


def page(template: str, form: Any, question_id: int, **shown: Any) -> ResponseReturnValue:  # noqa: ANN401
    """Show a form about a question, with the status that fits."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    question = queries.by_id(question_id)
    return render_template(template, form=form, question=question, **shown), status


def _to(question_id: int) -> ResponseReturnValue:
    return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)


def asked_for(name: str) -> str:
    """Return what the address asks for under a name."""
    return request.args.get(name, "").strip()[:300]
