"""Prepared replies: the list, writing one, and putting one into an answer."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import admins_only, members_only
from community.core.errors import CommunityError, NotFound
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.web import wants_json
from community.members.forms import blame
from community.members.login import current_member
from community.panel.forms.replies import ReplyForm
from community.panel.models import CannedReply
from community.panel.queries import replies as queries
from community.panel.services import replies as services
from community.panel.views import blueprint

LONGEST_NUMBER = 9


@blueprint.get("/replies")
@admins_only
@limited()
def replies() -> str:
    """Show the prepared replies, how often they were used, and what they led to."""
    return render_template("panel/replies.html", replies=queries.counted())


@blueprint.route("/replies/new", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def new_reply() -> ResponseReturnValue:
    """Show the form; once it is filled in well, prepare the reply."""
    form = ReplyForm()
    unsent.put_back(form)
    return _written(form, None)


@blueprint.route("/replies/<int:reply_id>", methods=["GET", "POST"])
@admins_only
@limited(WRITING)
def edit_reply(reply_id: int) -> ResponseReturnValue:
    """Show the form with a reply; once it is filled in well, change it."""
    reply = queries.by_id(reply_id)
    form = ReplyForm(obj=reply)
    unsent.put_back(form)
    return _written(form, reply)


@blueprint.post("/replies/<int:reply_id>/retirement")
@admins_only
@limited(WRITING)
def retire_reply(reply_id: int) -> ResponseReturnValue:
    """Offer a reply no longer."""
    services.retire_reply(current_member(), queries.by_id(reply_id))
    flash(_("The reply is no longer offered."), "success")
    return redirect(url_for(".replies"), HTTPStatus.SEE_OTHER)


@blueprint.post("/replies/for/<int:question_id>")
@members_only
@limited(WRITING)
def use_reply(question_id: int) -> ResponseReturnValue:
    """Put a reply below what was written so far.

    Programs get the text; people go back to the question, where it stands in the form.
    """
    question = queries.question_to_answer(question_id)
    number = request.form.get("reply", "")[:LONGEST_NUMBER]
    if not number.isdecimal():
        raise NotFound(_l("Please choose a reply first."))
    text = services.use_reply(
        current_member(), queries.by_id(int(number)), question, question.author
    )
    if wants_json():
        return jsonify(text=text)
    so_far = request.form.get("body", "").rstrip()
    fields = {name: texts for name, texts in request.form.lists() if name != "csrf_token"}
    page = url_for("questions.show", question_id=question.id, slug=question.slug)
    unsent.leave(page, fields | {"body": [f"{so_far}\n\n{text}" if so_far else text]})
    return redirect(f"{page}#your-answer", HTTPStatus.SEE_OTHER)


def _written(form: ReplyForm, reply: CannedReply | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            _save(form, reply)
        except CommunityError as error:
            blame(form, error)
        else:
            flash(_("The reply is saved."), "success")
            return redirect(url_for(".replies"), HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = render_template("panel/edit_reply.html", form=form, reply=reply, places=services.PLACES)
    return page, status


def _save(form: ReplyForm, reply: CannedReply | None) -> None:
    title, body, language = form.title.data or "", form.body.data or "", form.language.data
    if reply is None:
        services.prepare_reply(current_member(), title, body, language)
    else:
        services.change_reply(current_member(), reply, title, body, language)
