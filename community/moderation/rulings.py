"""What a decision upon an item of the review queue is, and everything that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from community.core.clock import now
from community.core.db import after_commit, save
from community.core.errors import Conflict
from community.core.events import emit
from community.core.i18n import _l, exact
from community.members.models import Member
from community.moderation import waiting
from community.moderation.events import ItemDecided
from community.moderation.models.items import LEADS_TO, Decision, Item, ItemKind, Step, StepKind
from community.moderation.queries import flags as flag_queries

if TYPE_CHECKING:
    from community.moderation.services.measuring import MeasureDraft


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What a moderator decides: which item, as it was on the screen, what and why."""

    item_id: int
    version: int
    decision: Decision
    measure: MeasureDraft | None = None
    note: str = ""
    # Which text of the post was on the screen; 0 where there was none.
    post_version: int = 0


# What follows from a decision; without a member, the item lapsed.
Consequence = Callable[[Item, Ruling, Member | None], None]
_consequences: dict[ItemKind, list[Consequence]] = {}


@dataclass(frozen=True)
class Exactly:
    """A moment that is said in the language and the time zone of whoever reads it."""

    moment: datetime

    def __str__(self) -> str:
        """Say it in full."""
        return exact(self.moment)


class AlreadyDecided(Conflict):
    """Somebody else was faster; nothing was changed."""

    def __init__(self, item: Item, name: str) -> None:
        self.item = item
        self.name = name
        at = Exactly(item.decided_at or now())
        if name:
            super().__init__(_l("Already decided by %(name)s at %(moment)s.", name=name, moment=at))
        else:
            super().__init__(_l("Already decided by the forum itself at %(moment)s.", moment=at))


def on_decision(kind: ItemKind) -> Callable[[Consequence], Consequence]:
    """Register what is done, in the same transaction, when an item of this kind is decided."""

    def register(consequence: Consequence) -> Consequence:
        _consequences.setdefault(kind, []).append(consequence)
        return consequence

    return register


def close(item: Item, ruling: Ruling, actor: Member | None) -> None:
    """Write a decision down and let everything follow from it, in the present transaction."""
    item.state, item.decision = LEADS_TO[ruling.decision], ruling.decision
    item.decided_by_id, item.decided_at = (actor.id if actor else None), now()
    item.decision_note = ruling.note
    item.claimed_by_id, item.claimed_until = None, None
    item.version += 1
    note_step(item.id, StepKind.DECIDED if actor else StepKind.LAPSED, actor, ruling.decision)
    for consequence in _consequences.get(item.kind, []):
        consequence(item, ruling, actor)
    emit(
        ItemDecided(
            item_id=item.id,
            post_id=item.post_id,
            member_id=item.member_id,
            decision=ruling.decision,
            actor_id=actor.id if actor else None,
        )
    )


def note_step(
    item_id: int,
    kind: StepKind,
    actor: Member | None,
    said: str = "",
    facts: dict[str, Any] | None = None,
) -> Step:
    """Add a line to the history of an item, in the present transaction."""
    after_commit(waiting.forget)
    member_id = actor.id if actor else None
    return save(Step(item_id=item_id, kind=kind, member_id=member_id, said=said, facts=facts or {}))


def reckon(item: Item) -> None:
    """Let the score of an item be the sum of what counts now."""
    item.score = round((item.own_score or 0.0) + flag_queries.weight_of_item(item.id), 2)
