"""Choosing many posts, doing one thing to all of them, watching it, and undoing it."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.web import page_number
from community.members.login import current_member
from community.moderation.forms.bulk import ManyForm, PostsForm
from community.moderation.forms.measuring import WORDS
from community.moderation.queries import bulk as bulk_queries
from community.moderation.queries import choosing
from community.moderation.services import bulk
from community.moderation.views import blueprint
from community.products import queries as product_queries

A_PAGE = 50


@blueprint.get("/moderation/posts")
@moderators_only
@limited()
def search_posts() -> ResponseReturnValue:
    """Find posts by author, product, kind, date, site or words, to do one thing to many."""
    form = PostsForm(request.args)
    form.offer(product_queries.current())
    if not form.validate():
        return render_template("moderation/search_posts.html", form=form, found=None), 422
    found = choosing.found(form.search(current_member().time_zone)) if form.is_asked() else None
    return render_template("moderation/search_posts.html", form=form, found=found, most=bulk.MOST)


@blueprint.post("/moderation/posts/many")
@moderators_only
@limited(WRITING)
def measure_many() -> ResponseReturnValue:
    """Show what will happen to the chosen posts; when that was seen, do it."""
    chosen = list(dict.fromkeys(request.form.getlist("post", type=int)))
    chosen += choosing.posts_of_items(request.form.getlist("item", type=int))
    form = ManyForm()
    if "go" in request.form and form.validate():
        try:
            act = bulk.measure_many(current_member(), form.selection(chosen))
            return redirect(url_for(".bulk_act", bulk_act_id=act.id), HTTPStatus.SEE_OTHER)
        except Invalid as error:
            form.form_errors.append(str(error))
    elif "go" not in request.form:
        form = ManyForm(formdata=None)
    elif not chosen:
        form.form_errors.append(_("Choose at least one post."))
    forecast = choosing.forecast(chosen[: bulk.MOST])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    shown = render_template(
        "moderation/measure_many.html", form=form, forecast=forecast, chosen=chosen
    )
    return shown, status


@blueprint.get("/moderation/bulk")
@moderators_only
@limited()
def bulk_acts() -> str:
    """List what was done to many at once, the latest first."""
    page = bulk_queries.page_of_all(page_number(), A_PAGE)
    return render_template("moderation/bulk_acts.html", page=page, words=WORDS)


@blueprint.get("/moderation/bulk/<int:bulk_act_id>")
@moderators_only
@limited()
def bulk_act(bulk_act_id: int) -> str:
    """Show how far it is; the page comes again by itself until it is done."""
    act = bulk_queries.by_id(bulk_act_id)
    return render_template("moderation/bulk_act.html", act=act, words=WORDS)


@blueprint.post("/moderation/bulk/<int:bulk_act_id>/undoing")
@moderators_only
@limited(WRITING)
def undo_bulk(bulk_act_id: int) -> ResponseReturnValue:
    """Put everything back as it was."""
    bulk.undo(current_member(), bulk_act_id)
    flash(_("It is being put back."), "success")
    return redirect(url_for(".bulk_act", bulk_act_id=bulk_act_id), HTTPStatus.SEE_OTHER)
