"""Commands about badges."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.badges import rounds

badges = AppGroup("badges", help="Badges and who earns them.")


@badges.command("run")
def run() -> None:
    """Award every badge that was earned; what is old comes without a notice."""
    count = rounds.run_all()
    click.echo(f"{count} badges awarded.")
