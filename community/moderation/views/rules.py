"""The rules of the community: reading, accepting, and writing new ones."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import admins_only, everyone, members_only, open_to_suspended
from community.core.errors import CommunityError
from community.core.i18n import _, current_language
from community.core.limits import WRITING, limited
from community.core.web import is_local
from community.members.login import current_member, viewer
from community.moderation.forms.rules import RulesForm
from community.moderation.models.rules import RulesVersion
from community.moderation.queries import rules as rule_queries
from community.moderation.services import ruling
from community.moderation.views import blueprint


@blueprint.get("/rules")
@everyone
@limited()
@open_to_suspended
def rules() -> str:
    """Show the rules that hold now."""
    version = rule_queries.in_force()
    member = viewer()
    accepts = member.is_authenticated and member.rules_accepted < ruling.ASKED.get()
    return _page(version, is_old=False, asks=accepts)


@blueprint.get("/rules/versions/<int:number>")
@everyone
@limited()
@open_to_suspended
def earlier_rules(number: int) -> str:
    """Show the rules as they read before."""
    version = rule_queries.numbered(number)
    return _page(version, is_old=number != rule_queries.number_in_force(), asks=False)


@blueprint.post("/rules/acceptance")
@members_only
@limited(WRITING)
def accept_rules() -> ResponseReturnValue:
    """Accept the rules as they are now."""
    number = request.form.get("number", 0, type=int)
    ruling.accept(current_member(), number)
    flash(_("Thank you."), "success")
    page = request.form.get("next", "")
    return redirect(page if is_local(page) else url_for(".rules"), HTTPStatus.SEE_OTHER)


@blueprint.route("/rules/edit", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def edit_rules() -> ResponseReturnValue:
    """Show the rules for changing; then put a new version in force."""
    form, version = RulesForm(), rule_queries.in_force()
    if not form.is_submitted():
        if not unsent.put_back(form):
            form.fill(version)
        return render_template("moderation/edit_rules.html", form=form, version=version)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.validate():
        try:
            ruling.publish(current_member(), form.draft())
        except CommunityError as error:
            form.form_errors.append(str(error))
            status = HTTPStatus(error.status)
        else:
            flash(_("The new rules hold from now on."), "success")
            return redirect(url_for(".rules"), HTTPStatus.SEE_OTHER)
    form.follows.raw_data, form.follows.data = None, str(rule_queries.number_in_force())
    version = rule_queries.in_force()
    return render_template("moderation/edit_rules.html", form=form, version=version), status


def _page(version: RulesVersion, *, is_old: bool, asks: bool) -> str:
    return render_template(
        "moderation/rules.html",
        version=version,
        html=version.html_in(current_language()),
        summary=version.summary_in(current_language()),
        versions=rule_queries.versions(),
        is_old=is_old,
        asks=asks,
    )
