"""Inviting people by e-mail, and what became of the invitations."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_only
from community.core.errors import CommunityError
from community.core.i18n import _, _n, current_language
from community.core.limits import WRITING, limited
from community.core.web import page_number
from community.members.forms import blame
from community.members.login import current_member
from community.members.services import inviting
from community.panel.forms.inviting import InvitationForm, role_words
from community.panel.queries import invitations as queries
from community.panel.views import blueprint
from community.panel.views.common import attempt


@blueprint.get("/invitations")
@moderators_only
@limited()
def invitations() -> ResponseReturnValue:
    """Show the form, and the invitations that are open, accepted or over."""
    form = InvitationForm(formdata=None, language=current_language())
    form.offer(every_role=current_member().is_admin)
    unsent.put_back(form)
    return _page(form)


@blueprint.post("/invitations")
@moderators_only
@limited(WRITING)
def invite() -> ResponseReturnValue:
    """Invite everybody whose address was typed."""
    form = InvitationForm()
    form.offer(every_role=current_member().is_admin)
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    emails = form.addresses()
    try:
        inviting.invite(current_member(), emails, form.wish())
    except CommunityError as error:
        blame(form, error)
        return _page(form), error.status
    number = len(emails)
    words = _n("%(num)s invitation is on its way.", "%(num)s invitations are on their way.", number)
    flash(words, "success")
    return redirect(url_for(".invitations", _anchor="sent"), HTTPStatus.SEE_OTHER)


@blueprint.post("/invitations/<int:invitation_id>/sending")
@moderators_only
@limited(WRITING)
def send_invitation_again(invitation_id: int) -> ResponseReturnValue:
    """Send an invitation once more, with a new link."""
    return attempt(
        lambda: inviting.send_again(current_member(), queries.by_id(invitation_id)),
        _("The invitation is on its way again, with a new link."),
        url_for(".invitations", _anchor="sent"),
    )


@blueprint.post("/invitations/<int:invitation_id>/revocation")
@moderators_only
@limited(WRITING)
def revoke_invitation(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    return attempt(
        lambda: inviting.revoke(current_member(), queries.by_id(invitation_id)),
        _("The invitation is taken back. Its link does not work any more."),
        url_for(".invitations", _anchor="sent"),
    )


def _page(form: InvitationForm) -> str:
    state = request.args.get("state", queries.OPEN)
    return render_template(
        "panel/invitations.html",
        form=form,
        state=state,
        page=queries.invitations(current_member(), state, page_number()),
        roles=role_words(),
        days=inviting.DAYS.get(),
    )
