"""The editor of badges: what there is, a new one, a rule tried out before it is saved."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from community.badges import queries
from community.badges.forms import BadgeForm
from community.badges.models import Badge
from community.badges.queries.forecasts import Forecast, forecast
from community.badges.services import designing
from community.badges.views import blueprint
from community.badges.words import METRICS, OPERATORS
from community.core import unsent
from community.core.access import admins_only
from community.core.errors import CommunityError
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.forms import blame
from community.members.login import current_member
from community.products import queries as product_queries


@blueprint.get("/admin/badges")
@admins_only
@limited()
def desk() -> str:
    """List every badge with its rule, retired ones last."""
    shown = queries.with_holders(retired=True)
    products = {each.id: each.name for each in product_queries.current()}
    words = {"metrics": METRICS, "operators": OPERATORS}
    return render_template("badges/desk.html", badges=shown, products=products, **words)


@blueprint.route("/admin/badges/new", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def new() -> ResponseReturnValue:
    """Show an empty badge; once it is filled in well, try its rule out or save it."""
    return _edit(BadgeForm(), None)


@blueprint.route("/admin/badges/<key>", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def design(key: str) -> ResponseReturnValue:
    """Show a badge for changing; once it is filled in well, try its rule out or save it."""
    badge = queries.by_key(key)
    return _edit(BadgeForm(obj=badge), badge)


@blueprint.post("/admin/badges/<key>/retirement")
@admins_only
@limited(WRITING)
def retire(key: str) -> ResponseReturnValue:
    """Let nobody earn the badge any more, or let it be earned again."""
    badge = queries.by_key(key)
    if request.form.get("retired") == "0":
        designing.bring_back(current_member(), badge)
        flash(_("The badge can be earned again."), "success")
    else:
        designing.retire(current_member(), badge)
        flash(_("The badge is retired. Who holds it keeps it."), "success")
    return redirect(url_for(".desk"), HTTPStatus.SEE_OTHER)


def _edit(form: BadgeForm, badge: Badge | None) -> ResponseReturnValue:
    products = product_queries.current()
    form.product_id.choices = [
        SelectChoice(0, _("All products")),
        *(SelectChoice(each.id, each.name) for each in products),
    ]
    unsent.put_back(form)
    seen: Forecast | None = None
    if form.validate_on_submit():
        if "preview" in request.form:
            seen = forecast(_tried(form, badge))
        elif _save(form, badge):
            flash(_("Saved. Who has earned it gets it within a minute."), "success")
            return redirect(url_for(".desk"), HTTPStatus.SEE_OTHER)
    page = render_template("badges/design.html", form=form, badge=badge, seen=seen)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _tried(form: BadgeForm, badge: Badge | None) -> Badge:
    """Return a badge as the form has it, which nothing saves."""
    draft = Badge(id=badge.id if badge else None, imported_from="")
    return form.plan().on(draft)


def _save(form: BadgeForm, badge: Badge | None) -> bool:
    try:
        if badge is None:
            designing.make(current_member(), form.plan())
        else:
            designing.change(current_member(), badge, form.plan())
    except CommunityError as error:
        blame(form, error)
    return not form.errors
