"""Taking and lifting measures: the only way in which anything or anybody is restricted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Conflict, Invalid, existing
from community.core.events import emit
from community.core.i18n import _l
from community.core.jobs import periodic
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation import presets, statements
from community.moderation.events import MeasureLifted, MeasureTaken
from community.moderation.models.measures import ON_POSTS, Lifting, Means, Measure, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.policies.measures import may_lift, may_measure
from community.moderation.queries import measures as measure_queries
from community.moderation.queries import rules as rule_queries
from community.moderation.services import effects
from community.posts import queries as post_queries
from community.posts.models import Post

ENDED_AT_ONCE = 200
LONGEST_FACTS = 2000
# How far a thread can be slowed down, in seconds.
SLOWEST = 24 * 3600
MAY_END = ON_POSTS | {MeasureAct.MUTE, MeasureAct.SUSPEND}
# Hiding what is removed already would change nothing.
STRONGER = {
    MeasureAct.HOLD: {MeasureAct.HOLD, MeasureAct.HIDE, MeasureAct.REMOVE},
    MeasureAct.HIDE: {MeasureAct.HIDE, MeasureAct.REMOVE},
}


@dataclass(frozen=True, kw_only=True)
class MeasureDraft:
    """What is to be restricted, how far and how long, and why. `take` checks that nothing lacks."""

    act: MeasureAct
    facts: str
    post_id: int | None = None
    member_id: int | None = None
    ends_at: datetime | None = None
    # Between two posts of one member, where a thread is slowed down.
    seconds: int | None = None
    rule: str = ""
    law: str = ""
    found_by: Means = Means.PERSON
    decided_by_automation: bool = False
    is_mass_spam: bool = False


@transaction
def take(actor: Member | None, draft: MeasureDraft) -> Measure:
    """Restrict a post or a member, and tell the person why, all in one; None is automation.

    Raises Invalid where a reason lacks, Forbidden, and Conflict if it is in force already.
    """
    _check(draft, by_person=actor is not None)
    post = post_queries.locked(draft.post_id) if draft.post_id else None
    _check_pace(draft, post)
    member = lock(_member(post.author_id if post else draft.member_id))
    require(may_measure(actor, draft.act, member, post))
    if post is not None:
        _refuse_twice(draft.act, post)
    measure = save(_written(actor, draft, post, member))
    effects.put_in_force(measure, post, member)
    _note(actor, f"measure-{measure.act.value}", measure, measure.facts)
    emit(MeasureTaken(measure_id=measure.id, post_id=measure.post_id, member_id=member.id))
    return measure


@transaction
def lift(
    actor: Member | None, measure_id: int, reason: str, *, as_: Lifting = Lifting.TAKEN_BACK
) -> Measure:
    """Undo a measure exactly, as far as no other one holds. Raises Invalid without a reason."""
    measure = lock(measure_queries.by_id(measure_id))
    post = post_queries.locked(measure.post_id) if measure.post_id else None
    require(may_lift(actor, measure, post))
    if not reason.strip():
        raise Invalid(_l("Please give a reason."), field="reason")
    member = lock(_member(measure.member_id))
    measure.lifted_at, measure.lifted_as = now(), as_
    measure.lifted_by_id, measure.lift_reason = actor.id if actor else None, reason.strip()
    db.session.flush()
    effects.put_out_of_force(measure, post, member)
    _note(actor, f"lift-{measure.act.value}", measure, measure.lift_reason)
    emit(MeasureLifted(measure_id=measure.id, post_id=measure.post_id, member_id=member.id))
    return measure


@periodic("end_measures", minute="*")
@transaction
@unguarded("the clock ends what has an end")
def end_due() -> None:
    """Lift the measures whose time has come."""
    for measure in measure_queries.due_to_end(ENDED_AT_ONCE):
        lift(None, measure.id, "Its time has come.", as_=Lifting.ENDED)


def _check(draft: MeasureDraft, *, by_person: bool) -> None:
    """Raise Invalid where something lacks that the person has to be told."""
    if (draft.post_id is None) == (draft.member_id is None):
        raise Invalid(_l("Say which post or which member it is about."))
    if (draft.act in ON_POSTS) != (draft.post_id is not None) and draft.act != MeasureAct.WARN:
        raise Invalid(_l("This cannot be done here."), field="act")
    if not draft.facts.strip():
        raise Invalid(_l("Say what happened: the person reads it."), field="facts")
    if len(draft.facts) > LONGEST_FACTS:
        raise Invalid(_l("At most 2,000 characters, please."), field="facts")
    _check_ground(draft)
    _check_end(draft)
    if not by_person and not draft.decided_by_automation:
        raise Invalid(_l("Say that it was decided automatically."))


def _check_ground(draft: MeasureDraft) -> None:
    if draft.rule and draft.rule not in set(RuleKey):
        raise Invalid(_l("There is no such rule."), field="rule")
    if not (draft.rule or draft.law.strip()):
        raise Invalid(_l("Say which rule or which law it rests on."), field="rule")


def _check_end(draft: MeasureDraft) -> None:
    if draft.act in {MeasureAct.MUTE, MeasureAct.SLOW} and draft.ends_at is None:
        raise Invalid(_l("Say until when."), field="ends_at")
    if draft.ends_at is not None and draft.act not in MAY_END:
        raise Invalid(_l("This has no end."), field="ends_at")
    if draft.ends_at is not None and draft.ends_at <= now():
        raise Invalid(_l("The end lies in the past."), field="ends_at")


def _check_pace(draft: MeasureDraft, post: Post | None) -> None:
    if draft.act != MeasureAct.SLOW:
        if draft.seconds is not None:
            raise Invalid(_l("This cannot be done here."), field="seconds")
        return
    if post is None or post.kind != "question":
        raise Invalid(_l("Only a question, with all below it, is slowed down."), field="act")
    if not 0 < (draft.seconds or 0) <= SLOWEST:
        raise Invalid(_l("Say how long everybody waits: at most a day."), field="seconds")


def _member(member_id: int | None) -> Member:
    return existing(
        db.session.get(Member, member_id) if member_id else None, _l("There is no such member.")
    )


def _refuse_twice(act: MeasureAct, post: Post) -> None:
    held = {each.act for each in measure_queries.on_post(post.id)}
    if held & STRONGER.get(act, {act}) and act != MeasureAct.WARN:
        raise Conflict(_l("Somebody has done this already."))


def _written(
    actor: Member | None, draft: MeasureDraft, post: Post | None, member: Member
) -> Measure:
    measure = Measure(
        act=draft.act,
        post_id=draft.post_id,
        member_id=member.id,
        actor_id=actor.id if actor else None,
        taken_at=now(),
        ends_at=draft.ends_at,
        seconds=draft.seconds,
        facts=presets.in_language(draft.facts, member.language),
        rule=str(draft.rule),
        law=draft.law.strip(),
        found_by=draft.found_by,
        decided_by_automation=draft.decided_by_automation,
        is_mass_spam=draft.is_mass_spam,
        language=member.language,
        before={},
    )
    version = rule_queries.number_in_force()
    measure.statement = statements.compose(measure, member, post, version)
    return measure


def _note(actor: Member | None, name: str, measure: Measure, reason: str) -> None:
    subject = f"posts:{measure.post_id}" if measure.post_id else f"members:{measure.member_id}"
    until = measure.ends_at.isoformat() if measure.ends_at else None
    after = {"measure": measure.id, "rule": measure.rule or measure.law, "until": until}
    record(actor.id if actor else None, name, subject, after=after, reason=reason)
