"""Products and their topics: adding, naming, ordering, archiving, merging."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.panel.views import blueprint
from community.panel.views.common import attempt, number_in, text_in
from community.products import queries, services
from community.products.models import Product, Topic
from community.products.services import arranging
from community.questions.queries import placing


@blueprint.get("/products")
@admins_only
@limited()
def products() -> str:
    """Show all products in their order, those that are archived last."""
    return render_template("panel/products.html", products=queries.arranged())


@blueprint.post("/products")
@admins_only
@limited(WRITING)
def add_product() -> ResponseReturnValue:
    """Offer a product to ask about."""

    def add() -> None:
        services.add_product(current_member(), text_in("name"), text_in("description", 1000))

    return attempt(add, _("The product is offered."), url_for(".products"))


@blueprint.get("/products/<slug>")
@admins_only
@limited()
def edit_product(slug: str) -> str:
    """Show a product with its topics, and what can be changed of it."""
    product = queries.by_slug(slug)
    if product.merged_into_id is not None:
        into = queries.by_id(product.merged_into_id)
        left = placing.number_about(product.id)
        return render_template("panel/_merged_product.html", product=product, into=into, left=left)
    coming = placing.on_the_way(product.id)
    return render_template("panel/edit_product.html", product=product, coming=coming)


@blueprint.post("/products/<slug>")
@admins_only
@limited(WRITING)
def change_product(slug: str) -> ResponseReturnValue:
    """Rename or describe a product."""
    product = queries.by_slug(slug)
    changes = {"name": text_in("name"), "description": text_in("description", 1000)}
    return attempt(
        lambda: services.change_product(current_member(), product, changes),
        _("The product is changed."),
        _page_of(product),
    )


@blueprint.post("/products/<slug>/archive")
@admins_only
@limited(WRITING)
def archive_product(slug: str) -> ResponseReturnValue:
    """Let a product take no more questions, or take them again."""
    product, is_archived = queries.by_slug(slug), text_in("archived") == "yes"
    done = _("The product takes no more questions.") if is_archived else _("It takes questions.")
    changes = {"archived": is_archived}
    return attempt(
        lambda: services.change_product(current_member(), product, changes),
        done,
        url_for(".products"),
    )


@blueprint.post("/products/<slug>/place")
@admins_only
@limited(WRITING)
def shift_product(slug: str) -> ResponseReturnValue:
    """Show a product earlier or later."""
    product = queries.by_slug(slug)

    def shift() -> None:
        arranging.shift_product(current_member(), product, number_in("step"))

    return attempt(shift, _("The order is changed."), url_for(".products"))


@blueprint.post("/products/<slug>/topics")
@admins_only
@limited(WRITING)
def add_topic(slug: str) -> ResponseReturnValue:
    """Add a topic to a product."""
    product = queries.by_slug(slug)

    def add() -> None:
        services.add_topic(current_member(), product, text_in("new_topic"), _topic("parent"))

    return attempt(add, _("The topic is added."), _page_of(product, "topics"))


@blueprint.post("/topics/<int:topic_id>")
@admins_only
@limited(WRITING)
def change_topic(topic_id: int) -> ResponseReturnValue:
    """Rename a topic, or put it on another level."""
    topic = queries.topic_by_id(topic_id)

    def change() -> None:
        arranging.change_topic(current_member(), topic, text_in("name"), _topic("parent"))

    return attempt(change, _("The topic is changed."), _home_of(topic))


@blueprint.post("/topics/<int:topic_id>/place")
@admins_only
@limited(WRITING)
def shift_topic(topic_id: int) -> ResponseReturnValue:
    """Show a topic earlier or later."""
    topic = queries.topic_by_id(topic_id)

    def shift() -> None:
        arranging.shift_topic(current_member(), topic, number_in("step"))

    return attempt(shift, _("The order is changed."), _home_of(topic))


@blueprint.post("/topics/<int:topic_id>/merging")
@admins_only
@limited(WRITING)
def merge_topic(topic_id: int) -> ResponseReturnValue:
    """Make a topic a part of another one."""
    topic = queries.topic_by_id(topic_id)
    page = _home_of(topic)

    def merge() -> None:
        into = queries.topic_by_id(number_in("into"))
        arranging.merge_topic(current_member(), topic, into)

    return attempt(merge, _("The two topics are one now."), page)


def _topic(name: str) -> Topic | None:
    number = number_in(name)
    return queries.topic_by_id(number) if number else None


def _home_of(topic: Topic) -> str:
    return _page_of(queries.by_id(topic.product_id), "topics")


def _page_of(product: Product, part: str | None = None) -> str:
    return url_for(".edit_product", slug=product.slug, _anchor=part)
