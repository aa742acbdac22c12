"""The review queue: the list, one item with everything around it, and deciding."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import moderators_of_anything
from community.core.clock import now
from community.core.errors import CommunityError, Conflict, Forbidden, Invalid
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.web import page_number, page_size
from community.members.login import current_member
from community.moderation import explaining, ladder, scoring
from community.moderation.forms.deciding import DecisionForm, presets_for
from community.moderation.forms.measuring import WORDS
from community.moderation.forms.reporting import GROUNDS, REASONS
from community.moderation.forms.reviewing import chosen, filters_of_address
from community.moderation.models.items import Item
from community.moderation.queries import measures, people
from community.moderation.queries import queue as queue_queries
from community.moderation.services import claiming, queueing
from community.moderation.views import blueprint
from community.products import queries as product_queries

DECIDING = "120 per minute"


@blueprint.get("/moderation/queue")
@moderators_of_anything
@limited()
def queue() -> str:
    """List what waits, the highest score first, filtered as the address says."""
    products = product_queries.current()
    filters = filters_of_address(products)
    found = queue_queries.listed(current_member(), filters, page_number(), page_size())
    return render_template(
        "moderation/queue.html",
        found=found,
        page=found.page,
        products=products,
        filters=chosen(),
        reasons=REASONS,
        moment=now(),
        medium=scoring.MEDIUM.get(),
        high=scoring.HIGH.get(),
        why=explaining.why,
    )


@blueprint.get("/moderation/queue/<int:item_id>")
@moderators_of_anything
@limited()
def item(item_id: int) -> str:
    """Show an item in its thread, its author's history, who flagged, and what can be done."""
    return _page(item_id, DecisionForm(formdata=None))


@blueprint.post("/moderation/queue/<int:item_id>/decision")
@moderators_of_anything
@limited(DECIDING)
def decide(item_id: int) -> ResponseReturnValue:
    """Decide, and go on with the next item; or say who was faster."""
    member, form = current_member(), DecisionForm()
    case = queue_queries.case(member, item_id)
    form.about(case.item, case.flags, _next_step(case.item))
    following = queue_queries.neighbours(member, _filters(), case.item).after
    try:
        form.validate()
        queueing.decide(member, form.ruling(case.item))
    except (Conflict, Invalid, Forbidden) as error:
        return _again(item_id, form, error)
    flash(_("Decided. Here is the next one.") if following else _("Decided."), "success")
    if following is None:
        return redirect(url_for(".queue", **chosen()), HTTPStatus.SEE_OTHER)
    return redirect(url_for(".item", item_id=following, **chosen()), HTTPStatus.SEE_OTHER)


def _again(item_id: int, form: DecisionForm, error: CommunityError) -> ResponseReturnValue:
    field = getattr(error, "field", "")
    if field and field in form and field != "decision":
        form[field].errors = [str(error)]
    else:
        form.form_errors.append(str(error))
    return _page(item_id, form), error.status


def _page(item_id: int, form: DecisionForm) -> str:
    member = current_member()
    case = queue_queries.case(member, item_id)
    history = people.history(case.item.member)
    form.about(case.item, case.flags, ladder.next_step(history.measures))
    form.version.data = str(case.item.version)
    form.post_version.data = str(case.item.post.version if case.item.post else 0)
    return render_template(
        "moderation/item.html",
        case=case,
        item=case.item,
        form=form,
        history=history,
        neighbours=queue_queries.neighbours(member, _filters(), case.item),
        filters=chosen(),
        reasons=REASONS,
        grounds=GROUNDS,
        words=WORDS,
        explain=explaining.explain,
        why=explaining.why(case.item),
        presets={each.rule.value: each for each in presets_for(case.item)},
        moment=now(),
    )


def _next_step(item: Item) -> ladder.Step:
    return ladder.next_step(measures.of_member(item.member_id))


def _filters() -> queue_queries.Filters:
    return filters_of_address(product_queries.current() if request.args.get("product") else [])


@blueprint.post("/moderation/queue/<int:item_id>/claim")
@moderators_of_anything
@limited(WRITING)
def claim(item_id: int) -> ResponseReturnValue:
    """Keep others from deciding for ten minutes, or let them again (value=0)."""
    if request.form.get("value") == "0":
        claiming.release(current_member(), item_id)
    else:
        claiming.claim(current_member(), item_id)
    return redirect(url_for(".item", item_id=item_id, **chosen()), HTTPStatus.SEE_OTHER)


@blueprint.post("/moderation/queue/<int:item_id>/notes")
@moderators_of_anything
@limited(WRITING)
def note(item_id: int) -> ResponseReturnValue:
    """Keep a note for the other moderators."""
    try:
        claiming.note(current_member(), item_id, request.form.get("body", ""))
    except Invalid as error:
        flash(str(error), "error")
    address = url_for(".item", item_id=item_id, **chosen())
    return redirect(f"{address}#history", HTTPStatus.SEE_OTHER)
