"""Commands for what may change while the forum runs."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.core.errors import CommunityError
from community.panel import values
from community.panel.queries.settings import changeable, named
from community.panel.services import settling

settings = AppGroup("settings", help="What may change while the forum runs.")


@settings.command("list")
def list_settings() -> None:
    """Print every setting: its name, its value, and what it is."""
    for each in changeable():
        click.echo(f"{each.name} = {values.shown(each.get())}\n    {each.meaning}")
        if each.get() != each.default:
            click.echo(f"    Unless changed: {values.shown(each.default)}")


@settings.command("get")
@click.argument("name")
def get_setting(name: str) -> None:
    """Print the value of the setting NAME, and nothing else."""
    try:
        click.echo(values.shown(named(name).get()))
    except CommunityError as error:
        raise click.ClickException(str(error)) from error


@settings.command("set")
@click.argument("name")
@click.argument("value")
def set_setting(name: str, value: str) -> None:
    """Change the setting NAME to VALUE; the running forum follows within seconds."""
    try:
        click.echo(f"{name} = {values.shown(settling.change_by_command(name, value))}")
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
