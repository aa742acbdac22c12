"""Commands for the whole site: setting it up, counting, the sample community."""

from __future__ import annotations

import json
import sys

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from community.core import brand, colours
from community.core.errors import CommunityError
from community.core.i18n import LANGUAGES
from community.members import passwords
from community.products.services import offer_at_least
from community.site import invitation, queries
from community.site.forms import unreadable
from community.site.samples.loading import load
from community.site.services import sample, setting_up
from community.site.verifying import counters, index, orphans

site = AppGroup("site", help="The whole site.")


@site.command("counts")
def counts() -> None:
    """Print how many there are of everything, as one line of JSON."""
    click.echo(json.dumps(queries.counts()))


@site.command("verify")
def verify() -> None:
    """Look over counters, search index and orphaned rows, and repair them.

    Exit code 1 if there was anything to repair. The forum may go on running.
    """
    found = 0
    for check in (orphans.check, counters.check, index.check):
        for what, number in check():
            if number:
                click.echo(f"{number} {what}")
            found += number
    if found:
        sys.exit(1)
    click.echo("Everything agrees.")


@site.command("code")
def code() -> None:
    """Print the code that the first visit asks for."""
    if invitation.is_over():
        raise click.ClickException("This forum has been set up already.")
    click.echo(invitation.code())


@site.command("set-up")
@click.option("--brand", "name_of_brand", required=True, help="Name of the brand.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--colour", default=brand.COLOUR.default, show_default=True, help="Such as #17616b.")
@click.option("--admin-email", required=True, help="The address the first admin logs in with.")
@click.option("--admin-name", required=True, help="The name members see.")
@click.option("--admin-password-stdin", is_flag=True, required=True, help="Read the password.")
@click.option("--sample", "with_sample", is_flag=True, help="Load the sample community.")
def set_up(  # noqa: PLR0913
    *,
    name_of_brand: str,
    language: str,
    colour: str,
    admin_email: str,
    admin_name: str,
    admin_password_stdin: bool,  # noqa: ARG001
    with_sample: bool,
) -> None:
    """Name the brand and make the first admin, as the pages of the first visit do."""
    colour = colour.lower()
    if not colours.is_colour(colour):
        raise click.ClickException("Write --colour like this: #17616b.")
    if not colours.is_readable(colour):
        raise click.ClickException(unreadable(colour))
    try:
        chosen = setting_up.Setup(
            brand=name_of_brand.strip(),
            language=language,
            colour=colour,
            name=admin_name.strip(),
            email=_checked_email(admin_email),
            password_hash=passwords.hashed(_password(name_of_brand, admin_name, admin_email)),
        )
        setting_up.set_up(chosen)
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
    if not with_sample:
        offer_at_least(chosen.brand)
    click.echo(f"{chosen.brand} has a forum. Log in as {chosen.email}.")
    if with_sample:
        _load(language)


@site.command("load-sample")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def load_sample(language: str) -> None:
    """Fill the forum with the sample community."""
    _load(language)


@site.command("remove-sample")
def remove_sample() -> None:
    """Take the sample community out again. What real members wrote stays, with its thread."""
    removed = sample.remove()
    offer_at_least(brand.NAME.get())
    click.echo(f"Removed {removed.questions} conversations and {removed.members} members.")
    for title in removed.kept:
        click.echo(f"Kept, because members wrote in it: {title}")


def _load(language: str) -> None:
    try:
        loaded = load(language)
    except CommunityError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Loaded the sample community: {loaded} conversations.")


def _password(*about: str) -> str:
    """Return the first line of what comes in, if it is good enough."""
    given = sys.stdin.readline().rstrip("\r\n")
    passwords.check(given, about)
    return given


def _checked_email(given: str) -> str:
    try:
        return validate_email(given, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise click.ClickException(f"--admin-email: {error}") from error
