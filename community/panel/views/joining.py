"""Making one product of two, and moving a topic: first what will happen, then the deed."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.panel.queries import joining as effects
from community.panel.views import blueprint
from community.panel.views.common import attempt, number_in
from community.products import queries
from community.products.services import joining


@blueprint.get("/products/<slug>/merging")
@admins_only
@limited()
def plan_merging(slug: str) -> str:
    """Show what goes along when a product becomes a part of another one."""
    product = queries.by_slug(slug)
    others = [each for each in queries.current() if each.id != product.id]
    effect = effects.of_merging(product)
    return render_template(
        "panel/merge_product.html", product=product, others=others, effect=effect
    )


@blueprint.post("/products/<slug>/merging")
@admins_only
@limited(WRITING)
def merge_product(slug: str) -> ResponseReturnValue:
    """Let a product become a part of another one."""
    product = queries.by_slug(slug)

    def merge() -> None:
        joining.merge_product(current_member(), product, queries.by_id(number_in("into")))

    done = _("The two products are one now. Its questions follow in the background.")
    page, form_page = url_for(".edit_product", slug=slug), url_for(".plan_merging", slug=slug)
    return attempt(merge, done, page, form_page)


@blueprint.get("/topics/<int:topic_id>/moving")
@admins_only
@limited()
def plan_moving(topic_id: int) -> str:
    """Show what goes along when a topic goes to another product."""
    topic = queries.topic_by_id(topic_id)
    product = queries.by_id(topic.product_id)
    below = [each for each in queries.topics_of(product.id) if each.parent_id == topic.id]
    return render_template(
        "panel/move_topic.html",
        topic=topic,
        product=product,
        others=[each for each in queries.current() if each.id != product.id],
        effect=effects.of_moving(topic, below),
    )


@blueprint.post("/topics/<int:topic_id>/moving")
@admins_only
@limited(WRITING)
def move_topic(topic_id: int) -> ResponseReturnValue:
    """Put a topic under another product."""
    topic = queries.topic_by_id(topic_id)
    home = queries.by_id(topic.product_id).slug

    def move() -> None:
        joining.move_topic(current_member(), topic, queries.by_id(number_in("into")))

    done = _("The topic has moved. Its questions follow in the background.")
    page, form_page = (
        url_for(".edit_product", slug=home),
        url_for(".plan_moving", topic_id=topic_id),
    )
    return attempt(move, done, page, form_page)
