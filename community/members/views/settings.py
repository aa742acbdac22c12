"""What members say about themselves, and how the forum looks to them."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import members_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import COOKIE, _, force_locale
from community.core.limits import WRITING, limited
from community.members import pictures
from community.members.forms import AvatarForm, ProfileForm, blame
from community.members.login import current_member
from community.members.services import profile
from community.members.views import blueprint


@blueprint.route("/settings", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def settings() -> ResponseReturnValue:
    """Show what a member may say and choose; once it is filled in well, keep it."""
    member = current_member()
    form = ProfileForm(obj=member)
    unsent.put_back(form)
    if not form.validate_on_submit():
        return _page(form, AvatarForm(formdata=None))
    profile.describe(member, form.draft())
    with force_locale(member.language):
        flash(_("Your settings are saved."))
    answer = redirect(url_for(".settings"), HTTPStatus.SEE_OTHER)
    if COOKIE in request.cookies:
        answer.set_cookie(COOKIE, member.language, samesite="Lax", httponly=True)
    return answer


@blueprint.post("/settings/avatar")
@members_only
@limited("10 per hour")
def change_avatar() -> ResponseReturnValue:
    """Take a picture of the member, or take it away."""
    form, member = AvatarForm(), current_member()
    try:
        if form.remove.data:
            pictures.remove(member)
        elif form.validate() and form.picture.data:
            pictures.take(member, form.picture.data.read())
        else:
            raise Invalid(_("Please choose a picture."), field="picture")
    except CommunityError as error:
        blame(form, error, "picture")
        return _page(ProfileForm(obj=member, formdata=None), form)
    flash(_("Your settings are saved."))
    return redirect(url_for(".settings"), HTTPStatus.SEE_OTHER)


def _page(form: ProfileForm, avatar_form: AvatarForm) -> ResponseReturnValue:
    wrong = form.errors or avatar_form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render_template("members/settings.html", form=form, avatar_form=avatar_form), status
