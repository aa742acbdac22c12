"""Changing what may change while the forum runs. Every change is a line of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.audit import Act, record
from community.core.db import transaction
from community.core.errors import Conflict
from community.core.i18n import _
from community.core.policy import require, unguarded
from community.core.settings import Setting, forget
from community.members.models import Member
from community.panel import values
from community.panel.policies import may_change_settings
from community.panel.queries.settings import CHANGE, PREFIX, named
from community.panel.values import Value


@dataclass(frozen=True)
class Wish:
    """A value for a setting, and what its writer saw before, as people write it."""

    value: Value
    seen: str


@transaction
def change(actor: Member, wishes: dict[str, Wish]) -> None:
    """Give settings other values.

    Raises Conflict, and changes none, if somebody else changed one since the writer looked.
    """
    require(may_change_settings(actor))
    forget()
    for name, wish in wishes.items():
        setting = named(name)
        if values.shown(setting.get()) not in {wish.seen, values.shown(wish.value)}:
            now_it_is = values.shown(setting.get())
            raise Conflict(
                _("Somebody changed %(name)s to %(value)s meanwhile.", name=name, value=now_it_is)
            )
        put(actor.id, setting, wish.value)


@transaction
@unguarded("whoever has the command line, may")
def change_by_command(name: str, text: str) -> Value:
    """Give a setting the value that is written in text; return that value.

    Raises NotFound for an unknown setting and Invalid for a value that it cannot have.
    """
    setting = named(name)
    value = values.read(setting, text)
    put(None, setting, value)
    return value


@transaction
def put_back(actor: Member, act: Act) -> None:
    """Give a setting the value that it had before a change.

    Raises Conflict if it has that value, and Invalid if it can have that value no longer.
    """
    require(may_change_settings(actor))
    setting = named(act.subject.removeprefix(PREFIX))
    forget()
    if setting.get() == act.before:
        raise Conflict(_("This is how it stands already."))
    value = values.read(setting, values.shown(act.before))
    put(actor.id, setting, value, f"#{act.id}")


@transaction
@unguarded("part of services that require their policies")
def put(actor_id: int | None, setting: Setting[Any], value: Value, reason: str = "") -> None:
    """Change one setting in the present transaction, and record it."""
    forget()  # What other processes changed a moment ago counts.
    before = setting.get()
    if before == value:
        return
    setting.put(value)
    facts = {"before": before, "after": value, "reason": reason}
    record(actor_id, CHANGE, PREFIX + setting.name, **facts)
