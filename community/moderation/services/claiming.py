"""Working on an item alone for a while, and what moderators note for each other."""

from __future__ import annotations

from datetime import timedelta

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Conflict, Invalid, existing
from community.core.i18n import _l
from community.core.policy import require
from community.core.settings import Setting
from community.members.models import Member
from community.moderation import rulings
from community.moderation.models.items import Item, StaffNote, Step, StepKind
from community.moderation.policies.queue import may_decide, may_note, may_remove_note

MINUTES = Setting("review_claim_minutes", 10, "Minutes for which an item is claimed.")
LONGEST_NOTE = 2000


@transaction
def claim(actor: Member, item_id: int) -> Item:
    """Keep others from deciding for a while. Raises Conflict if somebody else has claimed it."""
    item = _item(item_id)
    require(may_decide(actor, item))
    if not item.is_pending or item.is_claimed_from(actor.id, now()):
        raise Conflict(_l("Somebody else is looking at this, or it is decided already."))
    if item.claimed_by_id != actor.id or not item.is_claimed(now()):
        rulings.note_step(item.id, StepKind.CLAIMED, actor)
    item.claimed_by_id, item.claimed_until = actor.id, now() + timedelta(minutes=MINUTES.get())
    return item


@transaction
def release(actor: Member, item_id: int) -> Item:
    """Let others decide again. Only who claimed it, or an admin; for others nothing happens."""
    item = _item(item_id)
    require(may_decide(actor, item))
    if item.is_claimed(now()) and (item.claimed_by_id == actor.id or actor.is_admin):
        item.claimed_by_id, item.claimed_until = None, None
        rulings.note_step(item.id, StepKind.RELEASED, actor)
    return item


@transaction
def note(actor: Member, item_id: int, body: str) -> Step:
    """Write a note for the other moderators on an item. Raises Invalid without words."""
    item = _item(item_id)
    require(may_decide(actor, item))
    return rulings.note_step(item.id, StepKind.NOTED, actor, _words(body))


@transaction
def note_member(actor: Member, member: Member, body: str) -> StaffNote:
    """Write a note on a member, which only staff see. Raises Invalid without words."""
    require(may_note(actor, member))
    written = save(StaffNote(member_id=member.id, author_id=actor.id, body=_words(body)))
    record(actor.id, "staff-note", f"members:{member.id}", after=written.id)
    return written


@transaction
def remove_note(actor: Member, note_id: int) -> StaffNote:
    """Take a staff note away; that it was there stays in the record of acts."""
    found = lock(existing(db.session.get(StaffNote, note_id), _l("There is no such note.")))
    require(may_remove_note(actor, found))
    if found.deleted_at is None:
        found.deleted_at = now()
        record(actor.id, "staff-note-removal", f"members:{found.member_id}", before=found.body)
    return found


def _item(item_id: int) -> Item:
    return lock(existing(db.session.get(Item, item_id), _l("There is no such item.")))


def _words(body: str) -> str:
    words = body.strip()
    if not words:
        raise Invalid(_l("Please write something."), field="body")
    if len(words) > LONGEST_NOTE:
        raise Invalid(_l("At most 2,000 characters, please."), field="body")
    return words
