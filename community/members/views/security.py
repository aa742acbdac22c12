"""Password, address, sessions, and leaving: everything that asks for the password again."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from community.core.access import members_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.looking import private
from community.members import passwords, queries
from community.members.forms import DeleteForm, EmailForm, PasswordForm, ProofForm, blame
from community.members.login import current_member, leave, renew
from community.members.services import attempts, recovering, securing
from community.members.sessions import StoredSession
from community.members.views import blueprint

Form = PasswordForm | EmailForm | DeleteForm | ProofForm


@blueprint.get("/settings/security")
@members_only
@limited()
@private
def security() -> ResponseReturnValue:
    """Show password, address and sessions."""
    return _page()


@blueprint.post("/settings/password")
@members_only
@limited(WRITING)
def change_password() -> ResponseReturnValue:
    """Set a new password; the other sessions end."""
    form, member = PasswordForm(), current_member()
    form.about = [member.name, member.handle, member.email or ""]
    if not (form.validate() and knows_password(form)):
        return _page(password_form=form)
    new = passwords.hashed(form.password.data or "")
    securing.change_password(member, new, session_id())
    renew()
    flash(_("Your password is changed. You are logged out on all other devices."))
    return _back()


@blueprint.post("/settings/email")
@members_only
@limited(WRITING)
def change_email() -> ResponseReturnValue:
    """Have a link sent to a new address."""
    form = EmailForm()
    if not (form.validate() and knows_password(form)):
        return _page(email_form=form)
    try:
        recovering.change_email(current_member(), form.email.data or "")
    except CommunityError as error:
        blame(form, error)
        return _page(email_form=form)
    flash(_("We sent a mail to %(email)s. Open the link in it.", email=form.email.data))
    return _back()


@blueprint.post("/settings/sessions/<int:number>/end")
@members_only
@limited(WRITING)
def end_session(number: int) -> ResponseReturnValue:
    """Log out on another device."""
    securing.end_session(current_member(), number)
    flash(_("That device is logged out."))
    return _back()


@blueprint.post("/settings/sessions/end")
@members_only
@limited(WRITING)
def end_other_sessions() -> ResponseReturnValue:
    """Log out everywhere but here."""
    securing.end_other_sessions(current_member(), session_id())
    flash(_("You are logged out on all other devices."))
    return _back()


@blueprint.post("/settings/account/delete")
@members_only
@limited(WRITING)
def delete_account() -> ResponseReturnValue:
    """Delete the account for good."""
    form = DeleteForm()
    if not (form.validate() and knows_password(form)):
        return _page(delete_form=form)
    try:
        securing.delete_account(current_member())
    except CommunityError as error:
        blame(form, error)
        return _page(delete_form=form)
    leave()
    flash(_("Your account is deleted. Thank you for having been here."))
    return redirect(url_for("site.home"), HTTPStatus.SEE_OTHER)


def session_id() -> int | None:
    """Return the number of the visitor's own session."""
    found = cast(StoredSession, session).found
    return found.id if found else None


def knows_password(form: Form) -> bool:
    """Ask for the password again, so that an open browser is not enough (ASVS V7.5.1)."""
    member = current_member()
    try:
        attempt = securing.note_password_again(member)
        if not passwords.matches(form.current.data or "", member.password_hash):
            raise Invalid(_l("This is not your password."), field="current")
    except CommunityError as error:
        blame(form, error)
        return False
    attempts.forgive([attempt])
    return True


def _page(**forms: Form) -> ResponseReturnValue:
    """Show the page; a form that was refused is shown as it was sent."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if forms else HTTPStatus.OK
    blank = {
        "password_form": PasswordForm(formdata=None),
        "email_form": EmailForm(formdata=None),
        "delete_form": DeleteForm(formdata=None),
    }
    member = current_member()
    page = render_template(
        "members/security.html",
        sessions=queries.sessions_of(member.id),
        own_session=session_id(),
        **blank | forms,
    )
    return page, status


def _back() -> ResponseReturnValue:
    return redirect(url_for(".security"), HTTPStatus.SEE_OTHER)
