"""Undoing, part by part, what was done to many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from community.core.db import db, lock, transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation import rulings
from community.moderation.deeds import KINDS
from community.moderation.models.bulk import BlockedHost
from community.moderation.models.flags import Flag
from community.moderation.models.items import Item, ItemState, StepKind
from community.moderation.models.learning import SpamLesson
from community.moderation.queries import measures as measure_queries
from community.moderation.services import measuring

Memory = dict[str, Any]
REASON = "It was undone together with everything that was done at once."


@transaction
@unguarded("part of undoing, which has its policy")
def lift(actor: Member, memory: Memory) -> None:
    """Take the measure back, unless somebody has."""
    if measure_queries.by_id(memory["id"]).lifted_at is None:
        measuring.lift(actor, memory["id"], REASON)


@transaction
@unguarded("part of undoing, which has its policy")
def unblock(_actor: Member, memory: Memory) -> None:
    """Let people link to a site again."""
    db.session.execute(delete(BlockedHost).where(BlockedHost.host == memory["host"]))


@transaction
@unguarded("part of undoing, which has its policy")
def reopen(actor: Member, memory: Memory) -> None:
    """Let an item and its flags wait again. Its version goes on: old screens do not decide it."""
    flags = update(Flag).where(Flag.id.in_(memory["flags"]))
    quietly = {"synchronize_session": "fetch"}
    again = flags.values(state=ItemState.PENDING, judged_at=None)
    db.session.execute(again, execution_options=quietly)
    item = lock(db.session.get_one(Item, memory["id"]))
    until = memory["claimed_until"]
    if not item.is_pending:
        item.state, item.decision, item.decision_note = ItemState.PENDING, None, ""
        item.decided_by_id, item.decided_at = None, None
        item.claimed_by_id = memory["claimed_by_id"]
        item.claimed_until = datetime.fromisoformat(until) if until else None
        item.version += 1
        rulings.note_step(item.id, StepKind.OPENED, actor, REASON)
    item.score = memory["score"]
    db.session.flush()


@transaction
@unguarded("part of undoing, which has its policy")
def give_back(_actor: Member, memory: Memory) -> None:
    """Give deeds back that were taken, such as votes."""
    KINDS[memory["name"]].put_back(memory["kept"])


@transaction
@unguarded("part of undoing, which has its policy")
def unlearn(_actor: Member, memory: Memory) -> None:
    """Let the spam filter learn from the post what it learned before."""
    known = db.session.scalar(select(SpamLesson).where(SpamLesson.post_id == memory["post"]))
    if known is None:
        return
    if memory["before"]:
        known.is_spam, known.decided_by_id = memory["before"]["is_spam"], memory["before"]["by"]
    else:
        db.session.delete(known)
    db.session.flush()


UNDO: dict[str, Callable[[Member, Memory], None]] = {
    "measure": lift,
    "host": unblock,
    "item": reopen,
    "deeds": give_back,
    "lesson": unlearn,
}
