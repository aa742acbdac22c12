"""The password once more, for pages of power that were left alone for half an hour."""

from __future__ import annotations

from http import HTTPStatus

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import members_only, note_proof
from community.core.limits import WRITING, limited
from community.members.forms import ProofForm
from community.members.views import blueprint
from community.members.views.entering import after_entering
from community.members.views.security import knows_password


@blueprint.route("/login/again", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def prove() -> ResponseReturnValue:
    """Ask for the password; on the right one, go on to where the member was going."""
    form = ProofForm()
    if request.method == "GET":
        return render_template("members/prove.html", form=form)
    if not (form.validate() and knows_password(form)):
        return render_template("members/prove.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    note_proof()
    return redirect(after_entering(), HTTPStatus.SEE_OTHER)
