"""Telling of unlawful content without an account, and following what comes of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from community.core import unsent
from community.core.access import everyone
from community.core.errors import CommunityError, Invalid, NotFound, TooMany
from community.core.i18n import _, _l, current_language
from community.core.limits import limited
from community.moderation.forms.reporting import GROUNDS, NoticeForm
from community.moderation.models.notices import Ground
from community.moderation.queries import queue as queue_queries
from community.moderation.services import noticing
from community.moderation.views import blueprint
from community.posts.places import post_at


class Found(NamedTuple):
    """What an address leads to: a post, or else a member."""

    post_id: int | None
    member_id: int | None


@blueprint.route("/unlawful-content", methods=["GET", "POST"])
@everyone
@limited("30 per minute; 200 per hour", guests="10 per minute; 60 per hour")
def notify() -> ResponseReturnValue:
    """Take in a notice of unlawful content; lead to its receipt."""
    form = NoticeForm()
    if request.method == "GET" and request.args.get("address"):
        form.address.data = request.args["address"][:500]
    unsent.put_back(form)
    if not form.validate_on_submit():
        return _form(form), 422 if form.errors else 200
    try:
        notice = noticing.receive(_draft(form))
    except (Invalid, NotFound, TooMany) as error:
        _blame(form, error)
        return _form(form), error.status
    flash(_("Your notice has arrived."), "success")
    return redirect(url_for(".track", secret=notice.secret), HTTPStatus.SEE_OTHER)


def _form(form: NoticeForm) -> str:
    return render_template("moderation/notify.html", form=form)


def _blame(form: NoticeForm, error: CommunityError) -> None:
    field = getattr(error, "field", "") or ("address" if isinstance(error, NotFound) else "")
    if field and field in form:
        form[field].errors = [str(error)]
    else:
        form.form_errors.append(str(error))


def _draft(form: NoticeForm) -> noticing.NoticeDraft:
    found = resolve(form.address.data or "")
    return noticing.NoticeDraft(
        address=form.address.data or "",
        post_id=found.post_id,
        member_id=found.member_id,
        ground=Ground(form.ground.data),
        reasons=form.reasons.data or "",
        law=form.law.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        language=current_language(),
    )


def resolve(address: str) -> Found:
    """Return what an address of this forum leads to. Raises Invalid for anything else."""
    nothing = Invalid(
        _l("This address leads to no post and no profile here. Copy it from the browser."),
        field="address",
    )
    try:
        parts = urlsplit(address if "//" in address or address.startswith("/") else f"//{address}")
        ours = {"", request.host, urlsplit(current_app.config["BASE_URL"]).netloc}
        if parts.netloc.lower() not in ours:
            raise nothing
        endpoint, values = current_app.url_map.bind("").match(parts.path, method="GET")
    except (ValueError, HTTPException):
        raise nothing from None
    if endpoint == "members.show":
        return Found(None, int(values["member_id"]))
    post_id = post_at(endpoint, values, parts.fragment)
    if post_id is None:
        raise nothing
    return Found(post_id, None)


@blueprint.get("/unlawful-content/<secret>")
@everyone
@limited("30 per minute")
def track(secret: str) -> ResponseReturnValue:
    """Show a notice and what was decided to whoever has its secret address."""
    notice = queue_queries.notice_by_secret(secret)
    page = make_response(render_template("moderation/track.html", notice=notice, grounds=GROUNDS))
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
