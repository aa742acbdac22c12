"""Commands for whoever runs the forum."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.reputation import rebuilding

reputation = AppGroup("reputation", help="Reputation and trust levels.")


@reputation.command("rebuild")
def rebuild() -> None:
    """Work out all reputation anew from votes and marks, such as after an import.

    What stands rightly stays as it is; only differences are booked.
    """
    found = rebuilding.rebuild(lambda done: click.echo(f"\r{done} posts", nl=False))
    told = f"\rSettled {found.posts} posts; set {found.wrong} totals right."
    click.echo(told + " " * 10)
