"""Commands: a backup, and back."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from community.backups import creating, restoring
from community.backups.creating import Summary
from community.backups.errors import BackupError
from community.backups.restoring import Restored
from community.core import settings, table_statistics

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
@click.option(
    "--mails/--no-mails",
    default=None,
    help="Send the mails that waited when FILE was made. Else that is done within an hour of it.",
)
def restore(file: Path, *, replace: bool, mails: bool | None) -> None:
    """Fill this forum from FILE, whichever database it comes from and goes to.

    Everybody has to log in again, and links in mails sent before are good no more.
    """
    from flask_migrate import upgrade  # noqa: PLC0415 (no web process needs it)

    upgrade()
    try:
        restored = restoring.restore(file, replace=replace, mails=mails)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    settings.forget()
    table_statistics.gather()
    _say("Restored", restored)
    _say_what_is_left_behind(restored)


def _say(done: str, summary: Summary) -> None:
    click.echo(f"{done} {summary.rows} rows of {summary.tables} tables and {summary.files} files.")


def _say_what_is_left_behind(restored: Restored) -> None:
    click.echo("Everybody has to log in again. Links in mails sent before are good no more.")
    if restored.invitations:
        click.echo(f"Open invitations whose links ended, too: {restored.invitations}.")
    if restored.mails:
        click.echo(
            f"The backup is of {restored.made_at:%Y-%m-%d %H:%M} UTC. Mails that waited then, and "
            f"were dropped: {restored.mails}. With --mails they are sent."
        )
    if restored.left:
        click.echo("Some old files could not be taken away or replaced; the worker tries again.")
