"""Putting questions of others in order: tags, place, and what was asked before."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from community.core import unsent
from community.core.access import members_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.forms import blame
from community.members.login import current_member
from community.products import queries as product_queries
from community.questions import queries
from community.questions.forms.arranging import PlaceForm, SuggestionForm, TagsForm
from community.questions.models import Question
from community.questions.policies import may_move, may_retag, may_suggest_duplicate
from community.questions.services import arranging
from community.questions.services.arranging import Shelf
from community.questions.views import on_thread
from community.questions.views.thread import address_of, question_seen


@on_thread.route("/questions/<int:question_id>/tags", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def retag(question_id: int) -> ResponseReturnValue:
    """Show the tags for changing; then keep the new ones."""
    question = question_seen(question_id)
    require(may_retag(current_member(), question))
    tags = ", ".join(tag.slug for tag in queries.tags_of(question))
    form = TagsForm(tags=tags, version=question.version)
    unsent.put_back(form)
    if form.validate_on_submit() and _tried(form, lambda: _retag(question, form)):
        flash(_("Saved. The earlier tags stay in the history."), "success")
        return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)
    return _page("questions/retag.html", form, question_id)


def _retag(question: Question, form: TagsForm) -> None:
    version = form.version.data or 0
    arranging.retag(current_member(), question, form.names(), version, form.reason.data or "")


@on_thread.route("/questions/<int:question_id>/place", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def move(question_id: int) -> ResponseReturnValue:
    """Show where a question may belong; then put it there."""
    question = question_seen(question_id)
    require(may_move(current_member(), question))
    shelves = _shelves()
    here = (question.product_id, question.topic_id)
    form = PlaceForm(place=next((key for key, it in shelves.items() if _ids(it) == here), ""))
    form.place.choices = [SelectChoice(key, _words(shelf)) for key, shelf in shelves.items()]
    unsent.put_back(form)
    if form.validate_on_submit():
        shelf, reason = shelves[form.place.data], form.reason.data or ""
        if _tried(form, lambda: arranging.move(current_member(), question, shelf, reason)):
            flash(_("The question stands there now."), "success")
            return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)
    return _page("questions/move.html", form, question_id)


def _shelves() -> dict[str, Shelf]:
    """Return every place for a question, by the slugs of product and topic."""
    found: dict[str, Shelf] = {}
    for product in product_queries.with_topics():
        found[product.slug] = Shelf(product)
        for topic in product.topics:
            found[f"{product.slug}/{topic.slug}"] = Shelf(product, topic)
    return found


def _ids(shelf: Shelf) -> tuple[int, int | None]:
    return shelf.product.id, shelf.topic.id if shelf.topic else None


def _words(shelf: Shelf) -> str:
    return f"{shelf.product.name}: {shelf.topic.name}" if shelf.topic else shelf.product.name


@on_thread.route("/questions/<int:question_id>/duplicate", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def suggest(question_id: int) -> ResponseReturnValue:
    """Ask which question was the earlier one; then suggest it to who may decide."""
    question = question_seen(question_id)
    require(may_suggest_duplicate(current_member(), question))
    form = SuggestionForm()
    unsent.put_back(form)
    if form.validate_on_submit() and _tried(form, lambda: _suggest(question, form)):
        flash(_("Thank you. Who asked, and who may close it, sees your suggestion."), "success")
        return redirect(address_of(queries.by_id(question_id)), HTTPStatus.SEE_OTHER)
    return _page("questions/suggest.html", form, question_id)


def _suggest(question: Question, form: SuggestionForm) -> None:
    number = form.original_id()
    if number is None:
        raise Invalid(
            _l("Give the address or the number of the earlier question."), field="original"
        )
    arranging.suggest_duplicate(current_member(), question, queries.by_id(number))


@on_thread.post("/questions/<int:question_id>/duplicate/removal")
@members_only
@limited(WRITING)
def turn_down(question_id: int) -> ResponseReturnValue:
    """Say that a question was not asked before."""
    question = question_seen(question_id)
    arranging.turn_down(current_member(), question)
    flash(_("The suggestion is gone."), "success")
    return redirect(address_of(question), HTTPStatus.SEE_OTHER)


def _tried(form: Any, work: Any) -> bool:  # noqa: ANN401
    """Do it, or say at the form why it cannot be done."""
    try:
        work()
    except CommunityError as error:
        blame(form, error, "original" if "original" in form else "")
    return not form.errors


def _page(template: str, form: Any, question_id: int) -> ResponseReturnValue:  # noqa: ANN401
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template(template, form=form, question=queries.by_id(question_id)), status
