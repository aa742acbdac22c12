"""Registering, logging in and out."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import everyone, members_only, open_to_suspended
from community.core.errors import CommunityError, Conflict, Invalid, TooMany
from community.core.i18n import _, current_language
from community.core.limits import limited
from community.core.web import is_local
from community.members import passwords
from community.members.forms import LoginForm, RegistrationForm, blame
from community.members.login import check_password, current_member, enter, leave, viewer
from community.members.services import entering, registering
from community.members.views import blueprint


@blueprint.route("/login", methods=["GET", "POST"])
@everyone
@limited("60 per minute")
@open_to_suspended
def login() -> ResponseReturnValue:
    """Show the log-in form; on the right password, let the member in."""
    if viewer().is_authenticated:
        return redirect(after_entering())
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("members/login.html", form=form), 422 if form.errors else 200
    try:
        member = check_password(form.name.data or "", form.password.data or "")
    except (Invalid, TooMany) as error:
        return _refused("members/login.html", form, error)
    enter(member)
    return redirect(after_entering(), HTTPStatus.SEE_OTHER)


@blueprint.route("/register", methods=["GET", "POST"])
@everyone
@limited("60 per minute")
def register() -> ResponseReturnValue:
    """Show the registration form; once it is filled in well, make the account and log in."""
    if viewer().is_authenticated:
        return redirect(after_entering())
    if not registering.OPEN.get():
        return render_template("members/_closed.html"), HTTPStatus.FORBIDDEN
    form = RegistrationForm()
    if not form.validate_on_submit():
        return render_template("members/register.html", form=form), 422 if form.errors else 200
    try:
        member = registering.register(_wanted(form), request.remote_addr or "")
    except (Invalid, Conflict, TooMany) as error:
        return _refused("members/register.html", form, error)
    enter(member)
    flash(_("Welcome! We sent you a mail: please open the link in it to confirm your address."))
    return redirect(after_entering(), HTTPStatus.SEE_OTHER)


@blueprint.post("/logout")
@members_only
@limited()
@open_to_suspended
def logout() -> ResponseReturnValue:
    """Log the member out."""
    entering.leave(current_member())
    leave()
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


def after_entering() -> str:
    """Return the page to go to after logging in: the one that was left for it, or home."""
    wanted = request.args.get("next", "")
    return wanted if is_local(wanted) else url_for("site.home")


def _wanted(form: RegistrationForm) -> registering.Registration:
    """Return what the form says. The password is hashed here, outside of any transaction."""
    return registering.Registration(
        name=form.name.data or "",
        handle=form.handle.data or "",
        email=form.email.data or "",
        password_hash=passwords.hashed(form.password.data or ""),
        language=current_language(),
        time_zone=form.zone(),
    )


def _refused(
    template: str, form: LoginForm | RegistrationForm, error: CommunityError
) -> ResponseReturnValue:
    """Show the form again with what was refused."""
    blame(form, error)
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    return render_template(template, form=form), error.status, headers
