"""Commands that let a community move in."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from community.core import brand, table_statistics
from community.core.clock import now
from community.core.i18n import LANGUAGES
from community.imports import moving, queries
from community.imports.errors import AnotherCommunity, Damaged, NothingToImport
from community.imports.links import Links
from community.imports.progress import Progress
from community.imports.readers import kitsune, stack_exchange
from community.imports.readers.files import CsvRows
from community.imports.readers.steps import Source
from community.imports.services import claiming
from community.imports.texts import Workshop
from community.imports.writers.forum import Forum, Wishes
from community.products import queries as product_queries
from community.search import services as search_services
from community.search.engine import Busy, engine
from community.search.sources import every_document

imports = AppGroup("imports", help="Let the community of another forum move in.")
SourceIn = Callable[[Path, datetime], Source]
STOPPED = 130
PORTION = 1000
SEVERAL = "There are several products. Say with --product which one the questions are about."


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what both commands take."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    for decorate in (
        click.option("--dry-run", is_flag=True, help="Say what would come in. Write nothing."),
        click.option("--workers", type=click.IntRange(1, 64), default=None,
                     help="Processes that convert texts. One for each processor by default."),
        click.option("--language", type=click.Choice([*LANGUAGES, "other"]),
                     help="The language of questions whose file names none."),
        click.option("--product", help="The product of questions whose file names none."),
        click.argument("folder", type=folder),
    ):  # fmt: skip
        command = decorate(command)
    return command


@imports.command("stack-exchange")
@_options
@click.option(
    "--old-address",
    default="",
    help="Where it was, such as https://bicycles.stackexchange.com: links there lead here then.",
)
def from_stack_exchange(folder: Path, old_address: str, **wishes: Any) -> None:  # noqa: ANN401
    """Read a Stack Exchange data dump (Posts.xml, Users.xml, ...) from FOLDER."""
    _run(stack_exchange.source, folder, old_address, wishes)


@imports.command("kitsune")
@_options
@click.option("--close-archived", is_flag=True, help="Close what was archived for its age.")
@click.option("--old-address", default="https://support.mozilla.org", show_default=True)
def from_kitsune(folder: Path, old_address: str, **wishes: Any) -> None:  # noqa: ANN401
    """Read an export of Kitsune (questions.csv, answers.csv) from FOLDER."""
    _run(kitsune.source, folder, old_address, wishes)


@imports.command("addresses")
@click.argument("source", type=click.Choice([stack_exchange.NAME, kitsune.NAME]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def give_addresses(source: str, file: Path) -> None:
    """Let imported members claim their accounts: FILE is a CSV with the columns old_id and email.

    Who receives mail there sets a password by "Forgotten your password?" and has the account.
    """
    told: Counter[str] = Counter()
    rows = iter(CsvRows(file))
    try:
        while portion := {row["old_id"]: row["email"] for row in islice(rows, PORTION)}:
            told += claiming.give_addresses(source, portion)
    except Damaged as damage:
        raise click.ClickException(str(damage)) from damage
    except KeyError as missing:
        message = f"{file.name} has no column {missing}, or a row that is too long or too short."
        raise click.ClickException(message) from missing
    for outcome, number in told.most_common():
        click.echo(f"{number:>9,}  {outcome}")


def _run(source_in: SourceIn, folder: Path, old_address: str, wishes: dict[str, Any]) -> None:
    """Import, print the table, and end with 0 if everything was readable, 1 if not."""
    dry, workers = wishes.pop("dry_run"), wishes.pop("workers") or os.cpu_count() or 1
    try:
        source = source_in(folder, now())
        forum = Forum(source.name, _wishes(folder, wishes, rehearsal=dry))
        links = Links(source.name, old_address.rstrip("/"))
        with Workshop(links, workers) as workshop:
            with Progress(source) as progress:
                moving.move_in(source, forum, workshop, progress)
            _finish(source, forum, workshop)
    except NothingToImport as nothing:
        raise click.ClickException(str(nothing)) from nothing
    except AnotherCommunity as another:
        message = (
            "Another community came from this kind of forum before, and its old numbers would "
            "be mixed up with these. Nothing was changed."
        )
        raise click.ClickException(message) from another
    except KeyboardInterrupt:
        forum.report.stopped = True
    click.echo("\n".join(forum.report.lines()))
    if forum.report.stopped:
        click.echo("Stopped. What came in stays; the same command goes on from here.")
        sys.exit(STOPPED)
    if dry:
        click.echo("Nothing was written: this was a dry run.")
    sys.exit(0 if forum.report.is_whole else 1)


def _finish(source: Source, forum: Forum, workshop: Workshop) -> None:
    """Count and index what came in, unless that is done already."""
    if forum.rehearsal or forum.source in queries.finished_sources():
        return
    click.echo("Counting votes and answers …", err=True)
    table_statistics.gather()
    moving.settle(source, workshop)
    click.echo("Building the search index …", err=True)
    try:
        engine().replace_all(every_document())
    except Busy:
        click.echo("The index is being written by another process: the worker does it later.")
        search_services.ask_for_rebuild()
    moving.finish(forum.source)


def _wishes(folder: Path, wishes: dict[str, Any], *, rehearsal: bool) -> Wishes:
    language = wishes.pop("language") or brand.LANGUAGE.get()
    product = wishes.pop("product") or _only_product(folder)
    return Wishes(product=product, language=language, rehearsal=rehearsal, **wishes)


def _only_product(folder: Path) -> str:
    """Return the one product of the forum; without any, the folder names the first."""
    products = product_queries.current()
    if len(products) > 1:
        raise click.UsageError(SEVERAL)
    return products[0].slug if products else folder.resolve().name
