"""Joining by an invitation that came by mail."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.errors import Conflict, Invalid
from community.core.i18n import _, current_language
from community.core.limits import WRITING, limited
from community.members import passwords
from community.members.forms import NewcomerForm, blame
from community.members.login import enter, viewer
from community.members.services import inviting
from community.members.services.registering import Registration
from community.members.views import blueprint


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@everyone
@limited(WRITING)
def join(token: str) -> ResponseReturnValue:
    """Make an account, let in by a link from a mail."""
    if viewer().is_authenticated:
        flash(_("You are logged in already. Log out first to use this invitation."), "info")
        return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)
    email = inviting.check(token).email
    form = NewcomerForm()
    form.about = [email]
    if not form.validate_on_submit():
        return _secret(form, email, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else 200)
    try:
        member = inviting.accept(token, _wanted(form, email))
    except (Invalid, Conflict) as error:
        blame(form, error)
        return _secret(form, email, error.status)
    enter(member)
    flash(_("Welcome! Your account is ready."), "success")
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


def _wanted(form: NewcomerForm, email: str) -> Registration:
    """Return what the form says. The password is hashed here, outside of any transaction."""
    return Registration(
        name=form.name.data or "",
        handle=form.handle.data or "",
        email=email,
        password_hash=passwords.hashed(form.password.data or ""),
        language=current_language(),
    )


def _secret(form: NewcomerForm, email: str, status: int) -> ResponseReturnValue:
    """Show a page whose address must not be kept, nor told to any other page."""
    page = make_response(render_template("members/join.html", form=form, email=email), status)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
