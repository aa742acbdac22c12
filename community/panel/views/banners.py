"""Banners: the list, writing one, taking it down, putting it away."""

from __future__ import annotations

from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import admins_only, members_only
from community.core.clock import now
from community.core.errors import CommunityError
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.web import is_local
from community.members.forms import blame
from community.members.login import current_member
from community.panel.forms.banners import BannerForm
from community.panel.models import Banner
from community.panel.queries import banners as queries
from community.panel.services import banners as services
from community.panel.views import blueprint
from community.products import queries as product_queries


@blueprint.get("/banners")
@admins_only
@limited()
def banners() -> str:
    """Show the banners that hang, will hang and hung."""
    return render_template("panel/banners.html", banners=queries.newest(), moment=now())


@blueprint.route("/banners/new", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def new_banner() -> ResponseReturnValue:
    """Show the form; once it is filled in well, hang the banner up."""
    form = _form()
    unsent.put_back(form)
    return _written(form, None)


@blueprint.route("/banners/<int:banner_id>", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def edit_banner(banner_id: int) -> ResponseReturnValue:
    """Show the form with a banner; once it is filled in well, change it."""
    banner = queries.by_id(banner_id)
    form = _form()
    if not form.is_submitted():
        form.fill(banner, _zone())
        unsent.put_back(form)
    return _written(form, banner)


@blueprint.post("/banners/<int:banner_id>/end")
@admins_only
@limited(WRITING)
def take_down_banner(banner_id: int) -> ResponseReturnValue:
    """Take a banner down now."""
    services.take_down(current_member(), queries.by_id(banner_id))
    flash(_("The banner is down."), "success")
    return redirect(url_for(".banners"), HTTPStatus.SEE_OTHER)


@blueprint.post("/banners/<int:banner_id>/dismissal")
@members_only
@limited(WRITING)
def dismiss_banner(banner_id: int) -> ResponseReturnValue:
    """Put a banner away, and go back to where it was read."""
    services.dismiss(current_member(), queries.by_id(banner_id))
    page = request.form.get("next", "")
    return redirect(page if is_local(page) else url_for("site.home"), HTTPStatus.SEE_OTHER)


def _form() -> BannerForm:
    form = BannerForm()
    form.offer_products(product_queries.current())
    return form


def _zone() -> ZoneInfo:
    return ZoneInfo(current_member().time_zone or "UTC")


def _written(form: BannerForm, banner: Banner | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            _save(form, banner)
        except CommunityError as error:
            blame(form, error)
        else:
            flash(_("The banner is saved."), "success")
            return redirect(url_for(".banners"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = render_template("panel/edit_banner.html", form=form, banner=banner, zone=_zone().key)
    return page, status


def _save(form: BannerForm, banner: Banner | None) -> None:
    draft = form.draft(_zone())
    if banner is None:
        services.hang(current_member(), draft)
    else:
        services.change(current_member(), banner, draft)
