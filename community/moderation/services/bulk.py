"""Doing something to many at once: in the worker, step by step, and undone for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _l
from community.core.jobs import enqueue
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation import presets
from community.moderation.models.bulk import BulkAct, BulkPart, BulkState
from community.moderation.models.measures import ON_POSTS, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.policies.bulk import may_act_in_bulk, may_remove_spammer, may_undo
from community.moderation.queries import bulk as bulk_queries
from community.moderation.services import undoing
from community.moderation.services.stepping import STEPS, Step

MOST = 500
AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Removal:
    """Which accounts are removed, and which sites nobody links to any more."""

    members: Sequence[Member]
    hosts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is done to which posts, and why."""

    post_ids: Sequence[int]
    act: MeasureAct
    rule: RuleKey
    facts: str


@transaction
def remove_spammers(actor: Member, removal: Removal) -> BulkAct:
    """Suspend accounts and block sites at once; take back all they did, in the worker.

    The first of the accounts is the one that it is about.
    """
    for member in removal.members:
        require(may_remove_spammer(actor, member))
    ids = [member.id for member in removal.members]
    at_once: list[Step] = [("suspend", each) for each in ids]
    at_once += [("block", host) for host in removal.hosts]
    later: list[Step] = [("post", each) for each in bulk_queries.posts_of(ids)]
    later += [(kind, each) for each in ids for kind in ("rest", "flags", "deeds")]
    preset = presets.ON_A_POST[0]
    act = _begun(
        BulkAct(
            actor_id=actor.id,
            member_id=ids[0],
            act=MeasureAct.REMOVE,
            rule=RuleKey.SPAM,
            facts=str(preset.facts),
            is_mass_spam=True,
        ),
        at_once + later,
    )
    _go_on(act, actor, len(at_once))
    for each in ids:
        record(actor.id, "remove-spammer", f"members:{each}", after=act.id)
    return act


@transaction
def measure_many(actor: Member, selection: Selection) -> BulkAct:
    """Take the same measure on many posts, in the worker. Raises Invalid for none or too many."""
    require(may_act_in_bulk(actor))
    ids = sorted(set(selection.post_ids))
    if not ids:
        raise Invalid(_l("Choose at least one post."))
    if len(ids) > MOST:
        raise Invalid(_l("At most %(most)s posts at once, please.", most=MOST))
    if selection.act not in ON_POSTS - {MeasureAct.HOLD}:
        raise Invalid(_l("This cannot be done here."), field="act")
    if not selection.facts.strip():
        raise Invalid(_l("Say what happened: the person reads it."), field="facts")
    act = _begun(
        BulkAct(
            actor_id=actor.id,
            act=selection.act,
            rule=selection.rule,
            facts=selection.facts.strip(),
            is_mass_spam=selection.rule == RuleKey.SPAM,
        ),
        [("post", each) for each in ids],
    )
    record(actor.id, f"bulk-{selection.act}", f"bulk:{act.id}", after=len(ids))
    return act


def _begun(act: BulkAct, plan: list[Step]) -> BulkAct:
    act.plan, act.total, act.done, act.skipped = [list(step) for step in plan], len(plan), 0, 0
    save(act)
    enqueue("bulk.work", bulk_act_id=act.id)
    return act


@transaction
def undo(actor: Member, bulk_act_id: int) -> BulkAct:
    """Put back, in the worker, exactly what was done. Raises Forbidden after a day."""
    act = lock(bulk_queries.by_id(bulk_act_id))
    require(may_undo(actor, act))
    act.state = BulkState.UNDOING
    act.total, act.done, act.skipped = bulk_queries.number_of_parts(act.id), 0, 0
    record(actor.id, "undo-bulk", f"bulk:{act.id}")
    enqueue("bulk.undo", bulk_act_id=act.id, actor_id=actor.id)
    return act


@transaction
@unguarded("what a moderator began, whose policy was required then")
def work_on(bulk_act_id: int) -> bool:
    """Do some of the steps that are left; tell whether there are more."""
    act = lock(bulk_queries.by_id(bulk_act_id))
    if act.state != BulkState.WORKING:
        return False
    _go_on(act, db.session.get_one(Member, act.actor_id), AT_ONCE)
    if act.done >= act.total:
        act.state, act.finished_at = BulkState.DONE, now()
    return act.state == BulkState.WORKING


def _go_on(act: BulkAct, actor: Member, number: int) -> None:
    """Do the next steps; one that somebody else did or that is refused is passed over."""
    for kind, subject in act.plan[act.done : act.done + number]:
        try:
            STEPS[kind](act, actor, subject)
        except CommunityError:
            act.skipped += 1
        act.done += 1
    db.session.flush()


@transaction
@unguarded("what a moderator undoes, whose policy was required then")
def work_back(bulk_act_id: int, actor_id: int) -> bool:
    """Undo some of the parts that are left, the last one first; tell whether there are more."""
    act = lock(bulk_queries.by_id(bulk_act_id))
    if act.state != BulkState.UNDOING:
        return False
    actor = db.session.get_one(Member, actor_id)
    parts: Sequence[BulkPart] = bulk_queries.parts_left(act.id, AT_ONCE)
    for part in parts:
        try:
            undoing.UNDO[part.kind](actor, part.memory)
        except CommunityError:
            act.skipped += 1
        part.undone_at = now()
        act.done += 1
    if not parts:
        act.state = BulkState.UNDONE
    db.session.flush()
    return bool(parts)
