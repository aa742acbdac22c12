"""Reporting a post or a profile, and what came of one's reports."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import members_only
from community.core.db import db
from community.core.errors import CommunityError, Conflict, Invalid, NotFound, TooMany, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.core.web import page_number
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Member
from community.moderation.forms.reporting import REASONS, FlagForm
from community.moderation.policies.queue import may_flag
from community.moderation.queries import flags as flag_queries
from community.moderation.services import flagging
from community.moderation.views import blueprint
from community.posts.models import Post
from community.posts.places import places_of


@blueprint.route("/posts/<int:post_id>/flag", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def flag(post_id: int) -> ResponseReturnValue:
    """Ask what is wrong with a post; then tell the moderators."""
    post = existing(db.session.get(Post, post_id), _l("This post does not exist."))
    place = places_of([post_id]).get(post_id)
    if place is None or not post.is_visible:
        raise NotFound(_l("This post is not public any more."))
    values: dict[str, Any] = dict(place.values)
    back = url_for(place.endpoint, **values)
    return _flag(post, back=back, place=place)


@blueprint.route("/members/<int:member_id>/flag", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def flag_member(member_id: int) -> ResponseReturnValue:
    """Ask what is wrong with a profile; then tell the moderators."""
    member = existing(member_queries.by_id(member_id), _l("There is no such member."))
    back = url_for("members.show", member_id=member.id, handle=member.handle)
    return _flag(member, back=back, place=None)


def _flag(subject: Post | Member, **around: Any) -> ResponseReturnValue:  # noqa: ANN401
    require(may_flag(current_member(), subject))
    form = FlagForm()
    unsent.put_back(form)
    if not form.validate_on_submit():
        if not form.version.data and isinstance(subject, Post):
            form.version.data = str(subject.version)
        return _form(form, subject, around), 422 if form.errors else 200
    try:
        flagging.flag(current_member(), subject, form.complaint())
    except Conflict as error:
        flash(str(error), "info")
        return redirect(around["back"], HTTPStatus.SEE_OTHER)
    except (Invalid, TooMany) as error:
        _blame(form, error)
        return _form(form, subject, around), error.status
    flash(_("Thank you. The moderators look at it, and you hear what comes of it."), "success")
    return redirect(around["back"], HTTPStatus.SEE_OTHER)


def _blame(form: FlagForm, error: CommunityError) -> None:
    if isinstance(error, Invalid) and error.field == "said":
        form.said.errors = [str(error)]
    else:
        form.form_errors.append(str(error))


def _form(form: FlagForm, subject: Post | Member, around: dict[str, Any]) -> str:
    return render_template(
        "moderation/flag.html",
        form=form,
        post=subject if isinstance(subject, Post) else None,
        member=subject if isinstance(subject, Member) else None,
        **around,
    )


@blueprint.get("/reports")
@members_only
@limited()
def reports() -> str:
    """List what a member reported, and what came of it."""
    page = flag_queries.raised_by(current_member(), page_number())
    places = places_of(each.post_id for each in page.items if each.post_id)
    accuracy = flag_queries.accuracies([current_member().id])[current_member().id]
    return render_template(
        "moderation/reports.html", page=page, places=places, reasons=REASONS, accuracy=accuracy
    )
