"""The first visit: while nobody is admin, every page leads here."""

from __future__ import annotations

import secrets

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.core import files, images
from community.core.access import everyone
from community.core.brand import NAME
from community.core.errors import Conflict, Invalid
from community.core.i18n import _, current_language
from community.core.limits import limited
from community.members.login import enter
from community.members.models import Member
from community.products.services import offer_at_least
from community.site import invitation
from community.site.forms import CodeForm, SetUpForm
from community.site.samples.loading import load
from community.site.services import setting_up
from community.site.views import blueprint

OPEN = {
    "assets",
    "site.set_up",
    "site.give_code",
    "site.finish_set_up",
    "site.healthz",
    "site.livez",
    "site.brand_style",
    "site.favicon",
}
KNOWS_CODE = "knows_set_up_code"


@blueprint.before_app_request
def lead_to_set_up() -> ResponseReturnValue | None:
    """Send everybody to the set-up until it is done."""
    if request.endpoint in OPEN or invitation.is_over():
        return None
    return redirect(url_for("site.set_up"))


@blueprint.get("/set-up")
@everyone
@limited()
def set_up() -> ResponseReturnValue:
    """Ask for the code, then for the brand and the admin."""
    if invitation.is_over():
        return redirect(url_for("site.home"))
    if not session.get(KNOWS_CODE):
        return render_template("site/give_code.html", form=CodeForm())
    form = SetUpForm(language=current_language())
    return render_template("site/set_up.html", form=form)


@blueprint.post("/set-up/code")
@everyone
@limited("10 per minute; 50 per hour")
def give_code() -> ResponseReturnValue:
    """Let in who knows the code."""
    form = CodeForm()
    if invitation.is_over():
        raise Conflict(_("This forum has been set up already."))
    if not form.validate_on_submit():
        return render_template("site/give_code.html", form=form), 422
    session[KNOWS_CODE] = True
    return redirect(url_for("site.set_up"))


@blueprint.post("/set-up")
@everyone
@limited("30 per minute")
def finish_set_up() -> ResponseReturnValue:
    """Make the forum; log its admin in."""
    if invitation.is_over():
        raise Conflict(_("This forum has been set up already."))
    if not session.get(KNOWS_CODE):
        return redirect(url_for("site.set_up"))
    form = SetUpForm()
    logo = _store_logo(form) if form.validate_on_submit() else None
    if logo is None:
        return render_template("site/set_up.html", form=form), 422
    admin = setting_up.set_up(form.setup(logo))
    _open(admin, with_sample=form.sample.data)
    return redirect(url_for("site.home"))


def _store_logo(form: SetUpForm) -> str | None:
    """Keep the logo and return its name, "" if there is none; None if it is not a picture."""
    if not form.logo.data:
        return ""
    try:
        picture = images.reencode(form.logo.data.read())
    except Invalid as error:
        form.logo.errors = [str(error)]
        return None
    name = f"{secrets.token_hex(16)}.{picture.extension}"
    files.storage().save(name, picture.data)
    return name


def _open(admin: Member, *, with_sample: bool) -> None:
    """Let everybody in, the admin first."""
    session.pop(KNOWS_CODE, None)
    current_app.extensions[invitation.KEY] = True
    enter(admin)
    flash(_("Your forum is open. You are its admin."), "success")
    if with_sample:
        load(admin.language)
        flash(
            _(
                "The sample community is there to look around in. This command removes it: "
                "%(command)s",
                command="flask --app wsgi site remove-sample",
            ),
            "info",
        )
    else:
        offer_at_least(NAME.get())
