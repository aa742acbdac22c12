"""Setting the checks: on or off, what they do, whom they concern, their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import select

from community.core.audit import record
from community.core.db import db, lock, transaction
from community.core.errors import Invalid, existing
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.members.trust import Level
from community.moderation.checks.table import RULES, Rule
from community.moderation.models.checks import Check, Mode
from community.moderation.policies.checks import may_set_checks
from community.moderation.queries.checks import settings
from community.moderation.services.holding import ensure


@dataclass(frozen=True, kw_only=True)
class Change:
    """How a check is set from now on; None leaves something as it is."""

    is_on: bool | None = None
    mode: Mode | None = None
    up_to_level: Level | None = None
    numbers: Mapping[str, int] | None = None


@transaction
def set_check(actor: Member, key: str, change: Change) -> Check:
    """Change how a check is set. Raises Invalid for a number that it cannot work with."""
    require(may_set_checks(actor))
    rule = existing(RULES.get(key), _l("There is no such check."))
    numbers = _checked(rule, change.numbers or {})
    ensure(key)
    check = lock(db.session.scalars(select(Check).where(Check.key == key)).one())
    before = _seen(check)
    check.parameters = check.parameters | numbers
    for name, value in asdict(change).items():
        if name != "numbers" and value is not None:
            setattr(check, name, value)
    record(actor.id, "set-check", f"checks:{key}", before=before, after=_seen(check))
    return check


def _checked(rule: Rule, numbers: Mapping[str, int]) -> dict[str, int]:
    for name, value in numbers.items():
        number = rule.numbers.get(name)
        if number is None or not number.least <= value <= number.most:
            least, most = (number.least, number.most) if number else (0, 0)
            words = _l("Choose a number from %(least)s to %(most)s.", least=least, most=most)
            raise Invalid(words, field=name)
    return dict(numbers)


def _seen(check: Check) -> dict[str, object]:
    return {
        "on": check.is_on, "mode": check.mode, "up to level": int(check.up_to_level),
        **check.parameters,
    }  # fmt: skip


@transaction
def set_checks(actor: Member, changes: Mapping[str, Change]) -> None:
    """Set many checks at once, all or none; those that stay as they are leave no trace."""
    require(may_set_checks(actor))
    now_set = settings()
    for key, change in changes.items():
        setting = now_set[key]
        seen = Change(
            is_on=setting.is_on, mode=setting.mode, up_to_level=setting.up_to_level,
            numbers=dict(setting.numbers),
        )  # fmt: skip
        if seen != change:
            set_check(actor, key, change)
