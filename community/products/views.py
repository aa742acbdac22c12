"""Pages of products and tags, and the completion of tags."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from slugify import slugify

from community.core.access import everyone
from community.core.limits import limited
from community.core.recordings import kept_for_guests
from community.core.web import page_number
from community.products import queries
from community.products.addresses import lead_on
from community.products.services import TAG_LENGTH

blueprint = Blueprint("products", __name__)


@blueprint.get("/tags/complete")
@everyone
@limited()
def complete() -> Response:
    """Return the tags that begin with ?q=, the most used first, as JSON."""
    start = slugify(request.args.get("q", "")[:TAG_LENGTH])
    found = queries.tags_like(start) if start else []
    return jsonify(
        [{"slug": tag.slug, "name": tag.name, "questions": tag.question_count} for tag in found]
    )


@blueprint.get("/products/<slug>")
@kept_for_guests
@everyone
@limited()
def show(slug: str) -> ResponseReturnValue:
    """Show a product, its topics, and what was asked about it."""
    product = queries.by_slug(slug)
    wanted = request.args.get("topic", "")
    is_here = any(each.slug == wanted for each in product.topics) or not wanted
    if product.merged_into_id is not None or not is_here:
        led = queries.elsewhere(product, wanted)
        if led is not None:
            return lead_on(url_for(".show", slug=led[0]), topic=led[1])
    topic = queries.topic_of(product, wanted) if wanted else None
    return render_template("products/show.html", product=product, topic=topic)


@blueprint.get("/tags")
@kept_for_guests
@everyone
@limited()
def tags() -> str:
    """List the tags in use."""
    return render_template("products/tags.html", page=queries.tags(page_number()))


@blueprint.get("/tags/<slug>")
@kept_for_guests
@everyone
@limited()
def tag(slug: str) -> ResponseReturnValue:
    """Show a tag and the questions that carry it; the address of a synonym leads to its tag."""
    meant = queries.tags_meant([slug]).get(slug) or queries.tag_by_slug(slug)
    if meant.slug != slug:
        return redirect(url_for(".tag", slug=meant.slug), HTTPStatus.MOVED_PERMANENTLY)
    return render_template("products/tag.html", tag=meant)
