"""The steps of what is done to many at once; each notes what it takes to undo it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db, insert_once, lock, save, transaction, was_inserted
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation import presets, rulings
from community.moderation.deeds import KINDS
from community.moderation.models.bulk import BlockedHost, BulkAct, BulkPart
from community.moderation.models.flags import Flag
from community.moderation.models.items import Decision, Item, ItemKind, ItemState, StepKind
from community.moderation.models.learning import SpamLesson
from community.moderation.models.measures import MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.queries import bulk as bulk_queries
from community.moderation.queries import measures as measure_queries
from community.moderation.services import measuring, teaching
from community.moderation.services.measuring import MeasureDraft
from community.posts.models import Post

Step = tuple[str, int | str]


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def suspend(act: BulkAct, actor: Member, member_id: int) -> None:
    """Suspend an account for good, unless it is already."""
    if any(each.act == MeasureAct.SUSPEND for each in measure_queries.on_account(member_id)):
        return
    draft = MeasureDraft(
        act=MeasureAct.SUSPEND,
        member_id=member_id,
        facts=str(presets.ON_A_MEMBER[0].facts),
        rule=RuleKey.SPAM,
        is_mass_spam=True,
    )
    _note(act, "measure", id=measuring.take(actor, draft).id)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def block(act: BulkAct, actor: Member, host: str) -> None:
    """Block a site, unless it is already."""
    row = insert_once(BlockedHost, host=host, blocked_by_id=actor.id, blocked_at=now())
    if was_inserted(row):
        _note(act, "host", host=host)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def restrict(act: BulkAct, actor: Member, post_id: int) -> None:
    """Take the measure on a post, and decide what waits about it in the queue."""
    draft = MeasureDraft(
        act=MeasureAct(act.act),
        post_id=post_id,
        facts=act.facts,
        rule=act.rule,
        is_mass_spam=act.is_mass_spam,
    )
    in_force = {each.act for each in measure_queries.on_post(post_id)}
    if in_force & measuring.STRONGER.get(draft.act, {draft.act}):
        raise Conflict(_l("Somebody has done this already."))
    _note_lesson(act, post_id)
    _note(act, "measure", id=measuring.take(actor, draft).id)
    for item in _waiting(post_id):
        _note(act, "item", **_memory_of(item))
        _decide(item, actor, draft)
    if act.rule == RuleKey.SPAM and act.act == MeasureAct.REMOVE:
        teaching.note(db.session.get_one(Post, post_id), is_spam=True, actor=actor)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def restrict_rest(act: BulkAct, actor: Member, member_id: int) -> None:
    """Take the measure on what an account was just sending while it was suspended."""
    for post_id in bulk_queries.posts_of([member_id]):
        restrict(act, actor, post_id)


def _note_lesson(act: BulkAct, post_id: int) -> None:
    known = db.session.scalar(select(SpamLesson).where(SpamLesson.post_id == post_id))
    before = {"is_spam": known.is_spam, "by": known.decided_by_id} if known else {}
    _note(act, "lesson", post=post_id, before=before)


def _waiting(post_id: int) -> Sequence[Item]:
    """Return what waits about a post. Notices are left: they need an answer in words."""
    rows = select(Item).where(
        Item.post_id == post_id,
        Item.state == ItemState.PENDING,
        Item.kind.in_((ItemKind.FLAG, ItemKind.HELD)),
    )
    return db.session.scalars(rows.with_for_update()).all()


def _memory_of(item: Item) -> dict[str, Any]:
    """Return what it takes to let an item wait again, with the flags that wait on it."""
    waiting = select(Flag.id).where(Flag.item_id == item.id, Flag.state == ItemState.PENDING)
    return {
        "id": item.id,
        "score": item.score,
        "claimed_by_id": item.claimed_by_id,
        "claimed_until": item.claimed_until.isoformat() if item.claimed_until else None,
        "flags": list(db.session.scalars(waiting)),
    }


def _decide(item: Item, actor: Member, draft: MeasureDraft) -> None:
    """Say that those who flagged were right. The hold stays, so that undoing finds it."""
    if item.kind == ItemKind.FLAG:
        ruling = rulings.Ruling(
            item_id=item.id, version=item.version, decision=Decision.AGREE, measure=draft
        )
        rulings.close(item, ruling, actor)
        return
    settle_item(item, actor, Decision.REJECT, ItemState.AGREED)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def settle_item(item: Item, actor: Member, decision: Decision, state: ItemState) -> None:
    """Close an item without any consequence but its own."""
    item.state, item.decision, item.version = state, decision, item.version + 1
    item.decided_by_id, item.decided_at = actor.id, now()
    item.claimed_by_id, item.claimed_until = None, None
    rulings.note_step(item.id, StepKind.DECIDED, actor, decision)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def take_flags(act: BulkAct, actor: Member, member_id: int) -> None:
    """Let the flags of an account count no more, and close what waits for nothing else."""
    rows = select(Flag).where(Flag.member_id == member_id, Flag.state == ItemState.PENDING)
    for flag in db.session.scalars(rows.order_by(Flag.id)).all():
        item = lock(db.session.get_one(Item, flag.item_id))
        memory = _memory_of(item) | {"flags": [flag.id]}
        flag.state, flag.judged_at = ItemState.IGNORED, now()
        db.session.flush()
        rulings.reckon(item)
        _note(act, "item", **memory)
        if _is_idle(item):
            settle_item(item, actor, Decision.IGNORE, ItemState.IGNORED)


def _is_idle(item: Item) -> bool:
    """Tell whether an item waits for nothing any more; what is hidden waits for a moderator."""
    left = select(Flag.id).where(Flag.item_id == item.id, Flag.state == ItemState.PENDING)
    if not item.is_pending or item.kind != ItemKind.FLAG or item.own_score:
        return False
    post = db.session.get(Post, item.post_id) if item.post_id else None
    return not db.session.scalar(left.limit(1)) and (post is None or post.hidden_at is None)


@transaction
@unguarded("part of what is done in bulk, which has its policy")
def take_deeds(act: BulkAct, _actor: Member, member_id: int) -> None:
    """Take back the votes of an account, and whatever else is registered."""
    for name, deeds in KINDS.items():
        ids = deeds.of(member_id)
        if ids:
            _note(act, "deeds", name=name, kept=deeds.take_out(ids))


def _note(act: BulkAct, kind: str, **memory: object) -> None:
    save(BulkPart(bulk_act_id=act.id, kind=kind, memory=memory))


STEPS: dict[str, Callable[[BulkAct, Member, Any], None]] = {
    "suspend": suspend,
    "block": block,
    "post": restrict,
    "rest": restrict_rest,
    "flags": take_flags,
    "deeds": take_deeds,
}
