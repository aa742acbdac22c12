"""Asking every policy and every door what it says to each role."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app

from community.core.access import Audience, admits
from community.members.models import Actor
from community.members.trust import Level
from community.panel.permissions import roles
from community.panel.permissions.roles import ME, OTHER, THINGS

POLICIES = re.compile(r"community\.(\w+)\.policies(?:\.\w+)?")
ROLES: dict[str, Callable[[], Actor]] = {
    "guest": roles.guest,
    "member": roles.member,
    "product-moderator": roles.moderator_of_product,
    "staff": roles.staff,
    "moderator": roles.moderator,
    "admin": roles.admin,
}
Policy = Callable[..., Any]


@dataclass(frozen=True)
class Answer:
    """What a policy says to a role: yes, no, own things only, or those of others only.

    level: from which level of trust on also for the things of others.
    """

    said: str
    level: int = 0


@dataclass(frozen=True)
class Permission:
    """A policy, and its answers by role."""

    key: str
    package: str
    answers: dict[str, Answer]


@dataclass(frozen=True)
class Door:
    """A view: its address, how it is sent for, and who may come in."""

    address: str
    methods: str
    endpoint: str
    audience: Audience
    open_to: dict[str, bool]


def policies() -> Iterator[tuple[str, Policy]]:
    """Return every policy of every package, by a key such as "questions.may_close"."""
    for name, module in sorted(sys.modules.items()):
        found = POLICIES.fullmatch(name)
        for verb, function in sorted(vars(module).items()) if found and module else ():
            if verb.startswith("may_") and getattr(function, "__module__", "") == name:
                assert found is not None
                yield f"{found[1]}.{verb}", function


def permissions() -> list[Permission]:
    """Put every policy to every role."""
    return [
        Permission(key, key.partition(".")[0], {role: _answer(may, role) for role in ROLES})
        for key, may in policies()
    ]


def doors() -> list[Door]:
    """Put every door to every role, by address."""
    return sorted(
        (
            Door(
                address=str(rule),
                methods=", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})),
                endpoint=rule.endpoint,
                audience=(audience := _audience(rule.endpoint)),
                open_to={role: admits(audience, make()) for role, make in ROLES.items()},
            )
            for rule in current_app.url_map.iter_rules()
        ),
        key=lambda door: (door.address, door.methods),
    )


def _audience(endpoint: str) -> Audience:
    view: Any = current_app.view_functions[endpoint]
    return Audience(view.audience)


def _answer(may: Policy, role: str) -> Answer:
    if not is_askable(may):
        return Answer("depends")
    own, others = _ask(may, ROLES[role](), ME), _ask(may, ROLES[role](), OTHER)
    if role == "member" and not others:
        for level in Level:
            if _ask(may, roles.member(level), OTHER):
                return Answer("own" if own else "no", int(level))
    if own and others:
        return Answer("yes")
    if own:
        return Answer("own")
    return Answer("others" if others else "no")


def is_askable(may: Policy) -> bool:
    """Tell whether there is a thing to show to this policy; a test sees to it that there is."""
    _actor, *rest = inspect.signature(may).parameters.values()
    return all(str(each.annotation) in THINGS for each in rest)


def _ask(may: Policy, actor: Actor, owner: int) -> bool:
    """Return what a policy says about things of this owner."""
    first, *rest = inspect.signature(may).parameters.values()
    things = {each.name: THINGS[str(each.annotation)](owner) for each in rest}
    return bool(may(**{first.name: actor}, **things))
