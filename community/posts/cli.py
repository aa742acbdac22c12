"""Commands about what members wrote."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup

from community.core.text import RENDER_VERSION
from community.members import queries as member_queries
from community.members.services import rendering
from community.posts import queries, services, texts

BATCH = 100

text = AppGroup("text", help="What members wrote.")


@text.command("render-again")
def render_again() -> None:
    """Make the HTML of all posts anew that older rules made, such as after an upgrade.

    May be stopped at any time; the next run goes on where it was. Profiles are few and keep no
    note of their rules, so that all of them are made anew.
    """
    total = queries.number_rendered_before(RENDER_VERSION)
    with click.progressbar(length=total, label="Rendering", show_pos=True) as bar:
        as_typed = _posts(bar.update)
    click.echo(f"Rendered {total} posts and {_profiles()} profiles.")
    if as_typed:
        click.echo(f"{as_typed} of them could not be rendered and are shown as they were typed.")


def _posts(note: Callable[[int], None]) -> int:
    """Render posts batch by batch; return how many are shown as they were typed."""
    last = as_typed = 0
    while posts := queries.rendered_before(RENDER_VERSION, last, BATCH):
        rendered = texts.render_again([post.body for post in posts])
        services.keep_rendering(posts, rendered)
        as_typed += sum(each.is_fallback for each in rendered)
        last = posts[-1].id
        note(len(posts))
    return as_typed


def _profiles() -> int:
    """Render what members say about themselves; return how many do."""
    last = done = 0
    while members := member_queries.with_about(last, BATCH):
        rendered = texts.render_again([member.about for member in members])
        pairs = zip(members, rendered, strict=True)
        rendering.keep_about({(each.id, each.about): new.html for each, new in pairs})
        last, done = members[-1].id, done + len(members)
    return done
