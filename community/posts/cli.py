"""Commands about what members wrote."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.core.text import RENDER_VERSION
from community.posts import queries, services, texts

BATCH = 100

text = AppGroup("text", help="What members wrote.")


@text.command("render-again")
def render_again() -> None:
    """Make the HTML of all posts anew that older rules made, such as after an upgrade.

    May be stopped at any time; the next run goes on where it was.
    """
    total = queries.number_rendered_before(RENDER_VERSION)
    last = as_typed = 0
    with click.progressbar(length=total, label="Rendering", show_pos=True) as bar:
        while posts := queries.rendered_before(RENDER_VERSION, last, BATCH):
            rendered = texts.render_again([post.body for post in posts])
            services.keep_rendering(posts, rendered)
            as_typed += sum(each.is_fallback for each in rendered)
            last = posts[-1].id
            bar.update(len(posts))
    click.echo(f"Rendered {total} posts.")
    if as_typed:
        click.echo(f"{as_typed} of them could not be rendered and are shown as they were typed.")
