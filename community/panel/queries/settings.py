"""What people may change while the forum runs, and what they changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from community.core.audit import Act
from community.core.db import db
from community.core.errors import NotFound, existing
from community.core.i18n import _, _l
from community.core.paging import Page, page_of
from community.core.settings import Setting, known
from community.members.models import Member

CHANGE = "setting-change"
PREFIX = "settings:"


@dataclass(frozen=True)
class Change:
    """One line of the log: what was changed, and by whom; nobody is the command line."""

    act: Act
    member: Member | None

    @property
    def name(self) -> str:
        return self.act.subject.removeprefix(PREFIX)

    @property
    def setting(self) -> Setting[Any] | None:
        """The setting, unless there is none of this name any more."""
        found = known.get(self.name)
        return found if found and found.for_people else None


def changeable() -> list[Setting[Any]]:
    """Return the settings that people may change, by name."""
    return [known[name] for name in sorted(known) if known[name].for_people]


def named(name: str) -> Setting[Any]:
    """Return the setting of this name. Raises NotFound, which names those that there are."""
    found = {each.name: each for each in changeable()}
    if name not in found:
        there_are = _("There are: %(names)s.", names=", ".join(found))
        raise NotFound(_("There is no setting %(name)s.", name=name) + " " + there_are)
    return found[name]


def explained(setting: Setting[Any]) -> str:
    """Say in the reader's language what a setting means."""
    return str(_(setting.meaning) if isinstance(setting.meaning, str) else setting.meaning)


def matching(words: str) -> list[Setting[Any]]:
    """Return the settings whose name or meaning holds all these words."""
    wanted = words.casefold().split()
    return [each for each in changeable() if all(word in _said(each) for word in wanted)]


def _said(setting: Setting[Any]) -> str:
    return f"{setting.name} {setting.name.replace('_', ' ')} {explained(setting)}".casefold()


def changes(page: int, size: int, name: str = "") -> Page[Change]:
    """Return the log of changes, the newest first; of one setting, if it is named."""
    log = select(Act).where(Act.name == CHANGE)
    if name:
        log = log.where(Act.subject == PREFIX + name)
    found = page_of(log.order_by(Act.id.desc()), page, size)
    members = _members({act.actor_id for act in found.items if act.actor_id})
    items = [Change(act, members.get(act.actor_id or 0)) for act in found.items]
    return Page(items, found.number, found.size, found.total)


def change(act_id: int) -> Act:
    """Return one change of a setting. Raises NotFound."""
    found = db.session.scalar(select(Act).where(Act.id == act_id, Act.name == CHANGE))
    return existing(found, _l("There is no such change."))


def latest() -> dict[str, Change]:
    """Return the last change of each setting that was ever changed, by its name."""
    last = select(func.max(Act.id)).where(Act.name == CHANGE).group_by(Act.subject)
    acts: Sequence[Act] = db.session.scalars(select(Act).where(Act.id.in_(last))).all()
    members = _members({act.actor_id for act in acts if act.actor_id})
    found = [Change(act, members.get(act.actor_id or 0)) for act in acts]
    return {each.name: each for each in found}


def _members(ids: set[int]) -> dict[int, Member]:
    rows = db.session.scalars(select(Member).where(Member.id.in_(ids)))
    return {member.id: member for member in rows}
