"""What members see of measures about them: statements, objecting, the way out."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import members_only, open_to_suspended
from community.core.errors import CommunityError, NotFound
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.moderation import statements
from community.moderation.forms.appealing import AppealForm
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.policies.appeals import may_appeal, may_decide_appeal
from community.moderation.policies.measures import may_lift, may_see_measure
from community.moderation.queries import appeals, export, measures
from community.moderation.services import appealing
from community.moderation.views import blueprint
from community.posts.places import places_of

SHUT_OUT = {MeasureAct.SUSPEND, MeasureAct.END_ACCOUNT}


@blueprint.get("/measures")
@members_only
@limited()
@open_to_suspended
def mine() -> str:
    """List what was decided about the member and the member's posts."""
    found = measures.of_member(current_member().id)
    return render_template("moderation/mine.html", measures=found, acts=statements.ACTS)


@blueprint.get("/measures/<int:measure_id>")
@members_only
@limited()
@open_to_suspended
def statement(measure_id: int) -> str:
    """Show the statement of reasons, to the person concerned and to moderators."""
    form = AppealForm()
    unsent.put_back(form)
    return _page(seen(measure_id), form)


@blueprint.post("/measures/<int:measure_id>/appeal")
@members_only
@limited(WRITING)
@open_to_suspended
def appeal(measure_id: int) -> ResponseReturnValue:
    """Object to a measure."""
    form, member = AppealForm(), current_member()
    measure = seen(measure_id)
    if not form.validate():
        return _page(measure, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        appealing.appeal(member, measures.by_id(measure_id), form.text.data or "")
    except CommunityError as error:
        form.form_errors.append(str(error))
        return _page(seen(measure_id), form), error.status
    flash(_("Thank you. Somebody else looks at it, and you will hear of it here."), "success")
    return redirect(url_for(".statement", measure_id=measure_id), HTTPStatus.SEE_OTHER)


@blueprint.get("/suspended")
@members_only
@limited()
@open_to_suspended
def suspended() -> ResponseReturnValue:
    """Tell a member who is shut out why, until when, and how to object."""
    member = current_member()
    if not member.is_suspended:
        return redirect(url_for(".mine"))
    held = [each for each in measures.on_account(member.id) if each.act in SHUT_OUT]
    return render_template(
        "moderation/suspended.html",
        measures=held,
        parts={each.id: statements.parts_of(each.statement) for each in held},
    )


@blueprint.get("/measures/export")
@members_only
@limited("6 per minute")
@open_to_suspended
def take_along() -> Response:
    """Hand over what the member wrote and was told, as JSON."""
    response = jsonify(export.of_member(current_member()))
    response.headers["Content-Disposition"] = "attachment; filename=my-account.json"
    return response


def seen(measure_id: int) -> Measure:
    """Return a measure that the visitor may see. Raises NotFound for any other."""
    measure = measures.shown(measure_id)
    if not may_see_measure(current_member(), measure, measure.post):
        raise NotFound(_("There is no such measure."))
    return measure


def _page(measure: Measure, form: AppealForm) -> str:
    member, made = current_member(), appeals.against(measure.id)
    others = appeals.others_who_decide(measure) if made and member.moderates_something else 0
    return render_template(
        "moderation/statement.html",
        measure=measure,
        parts=statements.parts_of(measure.statement),
        place=places_of([measure.post_id]).get(measure.post_id) if measure.post_id else None,
        appeal=made,
        form=form,
        may_appeal=may_appeal(member, measure, made),
        may_lift=may_lift(member, measure, measure.post),
        may_decide=may_decide_appeal(member, made, others, measure.post) if made else None,
        team=statements.team(),
        until=statements.appeal_until(measure),
    )
