"""Commands: a backup, and back."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from community.backups import creating, restoring
from community.backups.creating import Summary
from community.backups.errors import BackupError
from community.core import settings
from community.search.services import ask_for_rebuild

backup = AppGroup("backup", help="The whole forum in one file.")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@backup.command("create")
@FILE
def create(file: Path) -> None:
    """Write database, settings and uploads into FILE. The forum may go on running."""
    try:
        _say("Saved", creating.create(file))
    except BackupError as error:
        raise click.ClickException(str(error)) from error


@backup.command("restore")
@FILE
@click.option("--replace", is_flag=True, help="Give up the forum that is there.")
def restore(file: Path, *, replace: bool) -> None:
    """Fill this forum from FILE, whichever database it comes from and goes to."""
    from flask_migrate import upgrade  # noqa: PLC0415 (no web process needs it)

    upgrade()
    try:
        summary = restoring.restore(file, replace=replace)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    settings.forget()
    ask_for_rebuild()
    _say("Restored", summary)


def _say(done: str, summary: Summary) -> None:
    click.echo(f"{done} {summary.rows} rows of {summary.tables} tables and {summary.files} files.")
