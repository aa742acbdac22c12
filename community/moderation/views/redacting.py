"""Taking personal data out of a post: choose the words, look at what changes, do it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_of_anything
from community.core.errors import CommunityError, existing
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.moderation.forms.redacting import RedactionForm
from community.moderation.policies.redacting import may_redact
from community.moderation.services import redacting
from community.moderation.views import blueprint
from community.posts import queries as post_queries
from community.posts import redaction
from community.posts.models import Post
from community.posts.places import places_of


@blueprint.route("/moderation/redaction/<int:post_id>", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def redact(post_id: int) -> ResponseReturnValue:
    """Show what the words stand in; on the second look, take them out."""
    post = existing(post_queries.with_author(post_id), _("This post does not exist."))
    require(may_redact(current_member(), post))
    form = RedactionForm()
    unsent.put_back(form)
    if not form.validate_on_submit():
        return _page(post, form), 422 if form.errors else 200
    words = form.words()
    if form.look.data:
        return _page(post, form, redaction.found_in(post, words))
    try:
        redacting.redact(current_member(), post, redaction.prepared(post, words))
    except CommunityError as error:
        form.form_errors.append(str(error))
        again = existing(post_queries.with_author(post_id), _("This post does not exist."))
        return _page(again, form, redaction.found_in(again, words)), error.status
    flash(_("Taken out of the post, its history, waiting mails and the search."), "success")
    return redirect(url_for(".redact", post_id=post_id), HTTPStatus.SEE_OTHER)


def _page(post: Post, form: RedactionForm, found: redaction.Found | None = None) -> str:
    return render_template(
        "moderation/redact.html",
        post=post,
        form=form,
        found=found,
        place=places_of([post.id]).get(post.id),
        mark=redaction.MARK,
    )
