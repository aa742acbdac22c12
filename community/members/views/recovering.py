"""Pages that links in mails lead to, and where such links are asked for."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from community.core.access import everyone
from community.core.errors import CommunityError, TooMany
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members import passwords
from community.members.forms import EmailInput, NewPassword, blame
from community.members.login import enter, viewer
from community.members.models import Purpose
from community.members.services import recovering, tokens
from community.members.views import blueprint


@blueprint.route("/password-reset", methods=["GET", "POST"])
@everyone
@limited(WRITING)
def forgot() -> ResponseReturnValue:
    """Ask for the address; whether it belongs to somebody, the answer is the same."""
    form = EmailInput()
    if not form.validate_on_submit():
        return render_template("members/forgot.html", form=form), 422 if form.errors else 200
    try:
        recovering.ask_reset(form.email.data or "", request.remote_addr or "")
    except TooMany as error:
        blame(form, error)
        return render_template("members/forgot.html", form=form), error.status
    flash(_("If there is an account with this address, a mail with a link is on its way to it."))
    return redirect(url_for(".login"), HTTPStatus.SEE_OTHER)


@blueprint.route("/password-reset/<token>", methods=["GET", "POST"])
@everyone
@limited(WRITING)
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password, let in by a link from a mail."""
    proof = tokens.check(token, Purpose.RESET_PASSWORD)
    form = NewPassword()
    form.about = [proof.member.name, proof.member.handle, proof.email]
    if not form.validate_on_submit():
        return _secret("members/reset.html", form, proof.member.handle)
    member = recovering.reset(token, passwords.hashed(form.password.data or ""))
    if not member.may_log_in:
        return redirect(url_for(".login"), HTTPStatus.SEE_OTHER)
    enter(member)
    flash(_("Your password is changed, and you are logged in."))
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


@blueprint.route("/email/<token>", methods=["GET", "POST"])
@everyone
@limited(WRITING)
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address. A button does it, for mail programs open links by themselves."""
    proof = tokens.check(token, Purpose.CONFIRM_EMAIL)
    form = FlaskForm()
    if not form.validate_on_submit():
        return _secret("members/confirm.html", form, proof.email)
    try:
        recovering.confirm(token)
    except CommunityError as error:
        flash(str(error), "error")
    else:
        flash(_("Thank you: your address is confirmed."))
    page = "site.home" if viewer().is_authenticated else ".login"
    return redirect(url_for(page), HTTPStatus.SEE_OTHER)


def _secret(template: str, form: FlaskForm, whose: str) -> ResponseReturnValue:
    """Show a page whose address must not be kept, nor told to any other page."""
    page = make_response(render_template(template, form=form, whose=whose))
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
