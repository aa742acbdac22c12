"""Commands for what search engines read."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.seo.sitemaps import building

seo = AppGroup("seo", help="What search engines read.")


@seo.command("sitemaps")
def build_sitemaps() -> None:
    """Build all sitemaps anew, such as after an import. The worker does it every night."""
    click.echo(f"The sitemaps lead to {building.build_all()} pages.")
