"""The pages of the badges, and giving one."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.badges import queries
from community.badges.forms import GivingForm
from community.badges.services import choosing, giving
from community.core import unsent
from community.core.access import everyone, members_only, staff_only
from community.core.errors import CommunityError, Invalid, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.recordings import kept_for_guests
from community.core.web import page_number, page_size
from community.members import queries as member_queries
from community.members.forms import blame
from community.members.login import current_member
from community.members.models import Member
from community.posts.models import Post
from community.questions import queries as question_queries
from community.questions.models import Question

blueprint = Blueprint("badges", __name__)
NUMBER = re.compile(r"(?:(?:questions|answers|comments)/|^|#answer-)(\d{1,10})(?!.*#answer-)")


@blueprint.get("/badges")
@kept_for_guests
@everyone
@limited()
def index() -> str:
    """Show every badge, what it is for, and how many hold it."""
    return render_template("badges/index.html", badges=queries.with_holders())


@blueprint.get("/badges/<key>")
@kept_for_guests
@everyone
@limited()
def show(key: str) -> str:
    """Show a badge and who holds it."""
    badge = queries.by_key(key)
    page = queries.holders(badge, page_number(), page_size())
    holders = queries.number_of_holders(badge)
    return render_template("badges/show.html", badge=badge, page=page, holders=holders)


@blueprint.route("/members/<int:member_id>/badges/new", methods=["GET", "POST"])
@staff_only
@limited(WRITING)
def give(member_id: int) -> ResponseReturnValue:
    """Show the form with which staff honour a member; once it is filled in well, do so."""
    member = existing(member_queries.by_id(member_id), _("There is no such member."))
    form = GivingForm()
    form.badge.choices = [(each.key, each.name) for each in queries.to_give()]
    unsent.put_back(form)
    if form.validate_on_submit():
        try:
            _give(form, member)
        except CommunityError as error:
            blame(form, error)
        else:
            flash(_("%(name)s has the badge and will hear of it.", name=member.name), "success")
            address = url_for("members.show", member_id=member.id, handle=member.handle)
            return redirect(address, HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render_template("badges/give.html", form=form, member=member), status


@blueprint.get("/awards/<int:award_id>/post")
@everyone
@limited()
def post(award_id: int) -> ResponseReturnValue:
    """Lead to the post that a badge was given for."""
    found = question_queries.post_by_id(queries.post_of_award(award_id))
    if isinstance(found, Question):
        return redirect(url_for("questions.short", question_id=found.id))
    return redirect(url_for("thread.permalink", kind=f"{found.kind}s", post_id=found.id))


@blueprint.route("/settings/badge", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def choose() -> ResponseReturnValue:
    """Show what a member holds; keep which of it stands beside the name."""
    member = current_member()
    if request.method == "POST":
        key = request.form.get("badge", "")[:60]
        choosing.choose(member, queries.by_key(key) if key else None)
        flash(_("Your settings are saved."))
        return redirect(url_for(".choose"), HTTPStatus.SEE_OTHER)
    chosen = (member.chosen_badge or {}).get("key", "")
    held = queries.of_member(member.id)
    return render_template("badges/choose.html", held=held, chosen=chosen)


def _give(form: GivingForm, member: Member) -> None:
    badge = queries.by_key(str(form.badge.data))
    giving.give(current_member(), badge, member, form.reason.data or "", _post(form.post.data))


def _post(typed: str | None) -> Post | None:
    """Return the post that a number or an address names."""
    if not typed or not typed.strip():
        return None
    number = NUMBER.search(typed.strip())
    if number is None:
        raise Invalid(_l("We find no post under this address."), field="post")
    return question_queries.post_by_id(int(number[1]))
