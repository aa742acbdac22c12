"""Commands for accounts, for whoever installed the forum."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from community.core.brand import NAME
from community.core.errors import Conflict, Invalid
from community.members import passwords, queries
from community.members.models import Member, Role
from community.members.services import appointing

LONGEST_TITLE = 60
members = AppGroup("members", help="Accounts.")


class MemberNamed(click.ParamType[Member]):
    """A member, by handle or e-mail address."""

    name = "member"

    def convert(self, value: object, *_where: object) -> Member:
        """Find the member, or say that there is none."""
        found = queries.called(str(value))
        if not found:
            self.fail(f"There is no member {value}.")
        return found[0]


@members.command("make-admin")
@click.argument("member", type=MemberNamed())
@click.option("--title", default="", help='Shown beside the name, such as "Support, Acme".')
def make_admin(member: Member, title: str) -> None:
    """Let MEMBER (handle or e-mail) run the forum."""
    appointing.make_admin(member, title)
    click.echo(f"@{member.handle} is an admin now.")


@members.command("appoint")
@click.argument("member", type=MemberNamed())
@click.option("--role", type=click.Choice([each.value for each in Role]), help="What they may do.")
@click.option("--title", help='Staff carry one, such as "Support, Acme"; "" takes it away.')
def appoint(member: Member, role: str | None, title: str | None) -> None:
    """Give MEMBER (handle or e-mail) a role, a title as staff, or both."""
    if role is None and title is None:
        raise click.UsageError("Say --role, --title or both.")
    if len(title or "") > LONGEST_TITLE:
        raise click.ClickException(f"A title has at most {LONGEST_TITLE} characters.")
    try:
        appointing.appoint(member, Role(role) if role else None, title and title.strip())
    except Conflict as error:
        raise click.ClickException(str(error)) from error
    shown = f", {member.staff_title}" if member.staff_title else ""
    click.echo(f"@{member.handle}: {member.role.value}{shown}")


@members.command("set-password")
@click.argument("member", type=MemberNamed())
@click.option("--stdin", is_flag=True, help="Read the password from standard input.")
def set_password(member: Member, stdin: bool) -> None:  # noqa: FBT001
    """Set the password of MEMBER (handle or e-mail) and log them out everywhere."""
    given = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
    try:
        passwords.check(given, [member.name, member.handle, member.email or "", NAME.get()])
    except Invalid as error:
        raise click.ClickException(str(error)) from error
    appointing.set_password(member, passwords.hashed(given))
    click.echo(f"@{member.handle} has a new password.")


@members.command("end-sessions")
@click.argument("member", type=MemberNamed())
def end_sessions(member: Member) -> None:
    """Log MEMBER (handle or e-mail) out everywhere."""
    appointing.end_sessions(member)
    click.echo(f"@{member.handle} is logged out everywhere.")


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
