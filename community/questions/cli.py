"""Commands for whoever runs the forum."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from community.questions.queries import relations
from community.questions.services import relating

BATCH = 100

questions = AppGroup("questions", help="Questions and what belongs to them.")


@questions.command("relate")
def relate_all() -> None:
    """Work out the related questions of all questions, such as after an import."""
    last = done = 0
    while ids := relations.public_ids(last, BATCH):
        relating.relate(relations.related(ids))
        last, done = ids[-1], done + len(ids)
        click.echo(f"\r{done} questions", nl=False)
    click.echo(f"\rRelated {done} questions.")
