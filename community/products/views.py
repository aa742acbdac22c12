"""Pages of products and tags, and the completion of tags."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from slugify import slugify

from community.core.access import everyone
from community.core.limits import limited
from community.products import queries
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
