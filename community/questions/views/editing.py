"""Correcting, deleting and bringing back what was written."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import members_only
from community.core.errors import CommunityError, Conflict, Forbidden, Invalid, TooMany
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.posts.differences import Piece, compared
from community.posts.services import Edit
from community.questions import queries
from community.questions.forms.correcting import DeletionForm
from community.questions.forms.editing import Correction, correction_of
from community.questions.forms.sending import sending
from community.questions.policies import may_close, may_delete, may_edit
from community.questions.queries import Content
from community.questions.services import editing
from community.questions.views import on_thread
from community.questions.views.thread import WAITS, address_of, found, seen


@on_thread.route(
    "/questions/<int:post_id>/edit", methods=["GET", "POST"], defaults={"kind": "questions"}
)
@on_thread.route("/<any(answers, comments):kind>/<int:post_id>/edit", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def edit(kind: str, post_id: int) -> ResponseReturnValue:
    """Show the text for correcting; then save it, unless somebody else was faster."""
    post = found(kind, post_id)
    require(may_edit(current_member(), post))
    form = correction_of(post)
    unsent.put_back(form)
    if not form.validate_on_submit():
        return _form_again(post, form), 422 if form.errors else 200
    try:
        _save(post, form.change(queries.question_of(post).lang))
    except Conflict as error:
        return _show_both(kind, post_id, form, error)
    except (TooMany, Forbidden, Invalid) as error:
        form.form_errors.append(str(error))
        return _form_again(found(kind, post_id), form), error.status
    if found(kind, post_id).is_held:
        flash(str(WAITS))
    else:
        flash(_("Saved. The earlier text stays in the history."), "success")
    return redirect(address_of(found(kind, post_id)), 303)


def _form_again(post: Content, form: Correction, theirs: tuple[Piece, ...] | None = None) -> str:
    return render_template(
        "questions/edit.html",
        post=post,
        question=queries.question_of(post),
        form=form,
        theirs=theirs,
        back=address_of(post),
    )


def _show_both(
    kind: str, post_id: int, form: Correction, error: CommunityError
) -> ResponseReturnValue:
    """Show what the text says now beside what was going to be saved; saving again is knowing."""
    post = found(kind, post_id)
    form.form_errors.append(str(error))
    form.version.raw_data, form.version.data = None, post.version
    theirs = compared(post.body, form["body"].data or "")
    return _form_again(post, form, theirs), error.status


@on_thread.route("/posts/<int:post_id>/deletion", methods=["GET", "POST"])
@members_only
@limited(WRITING)
def delete(post_id: int) -> ResponseReturnValue:
    """Ask once more; then take a post off the forum."""
    post = seen(queries.post_by_id(post_id))
    require(may_delete(current_member(), post, unanswered=True))
    if queries.is_answered_by_others(post):
        return _has_to_stay(post), HTTPStatus.FORBIDDEN
    form = DeletionForm()
    if not form.validate_on_submit():
        shown = render_template(
            "questions/delete.html", post=post, form=form, back=address_of(post)
        )
        return shown, 422 if form.errors else 200
    editing.delete(current_member(), post)
    flash(_("Deleted. You can bring it back."), "success")
    return redirect(address_of(queries.question_of(post)), 303)


def _has_to_stay(post: Content) -> str:
    """Say why a question that others answered is not deleted, and what there is instead."""
    return render_template(
        "questions/_has_to_stay.html",
        question=queries.question_of(post),
        refusal=may_delete(current_member(), post, unanswered=False).refusal,
        may_close=may_close(current_member(), queries.question_of(post)),
        back=address_of(post),
    )


@on_thread.post("/posts/<int:post_id>/deletion/removal")
@members_only
@limited(WRITING)
def undelete(post_id: int) -> ResponseReturnValue:
    """Bring a deleted post back."""
    post = seen(queries.post_by_id(post_id))
    editing.undelete(current_member(), post)
    flash(_("It is back."), "success")
    return redirect(address_of(post), 303)


def _save(post: Content, change: Edit) -> None:
    editing.edit(current_member(), post, change, sending())
