"""Commands for what people can ask about, for whoever installed the forum."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.core.errors import CommunityError
from community.members.queries import first_admin
from community.products import queries, services

products = AppGroup("products", help="Products and topics: what people ask about.")


@products.command("list")
def list_products() -> None:
    """Print the products that take questions, each with its topics."""
    for each in queries.current():
        click.echo(f"{each.slug}: {each.name}")
        for topic in queries.by_slug(each.slug).topics:
            click.echo(f"    {topic.slug}: {topic.name}")


@products.command("add")
@click.argument("name")
@click.option("--description", default="", help="One sentence below the name.")
def add(name: str, description: str) -> None:
    """Offer a product called NAME to ask about."""
    try:
        product = services.add_product(first_admin(), name, description)
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{product.slug}: {product.name}")


@products.command("add-topic")
@click.argument("product")
@click.argument("name")
@click.option("--under", default="", help="The topic of the product that it lies below.")
def add_topic(product: str, name: str, under: str) -> None:
    """Add a topic called NAME to PRODUCT (as in the list)."""
    try:
        found = queries.by_slug(product)
        parent = queries.topic_of(found, under) if under else None
        topic = services.add_topic(first_admin(), found, name, parent)
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{product}/{topic.slug}: {topic.name}")


@products.command("change")
@click.argument("product")
@click.option("--name", help="What it is called from now on; its address stays.")
@click.option("--description", help="One sentence below the name.")
@click.option("--archived/--current", default=None, help="Whether it takes no new questions.")
def change(
    product: str, name: str | None, description: str | None, *, archived: bool | None
) -> None:
    """Rename PRODUCT (as in the list), describe it, or let it take no more questions."""
    changes = {"name": name, "description": description, "archived": archived}
    try:
        services.change_product(first_admin(), queries.by_slug(product), changes)
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{product} is changed.")
