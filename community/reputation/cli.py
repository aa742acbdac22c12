"""Commands for whoever runs the forum."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.reputation import queries
from community.reputation.services import booking

BATCH = 300

reputation = AppGroup("reputation", help="Reputation and trust levels.")


@reputation.command("rebuild")
def rebuild() -> None:
    """Work out all reputation anew from votes and marks, such as after an import.

    What stands rightly stays as it is; only differences are booked.
    """
    last = done = changed = 0
    while ids := queries.posts_that_matter(last, BATCH):
        changed += len(booking.settle(*ids))
        last, done = ids[-1], done + len(ids)
        click.echo(f"\r{done} posts", nl=False)
    wrong = sum(booking.sum_up(ids) for ids in queries.batches_of_members(BATCH))
    click.echo(f"\rSettled {done} posts; set {wrong} totals right." + " " * 10)
