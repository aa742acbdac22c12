"""Objecting to a measure, and deciding about it."""

from __future__ import annotations

from community.core.audit import record
from community.core.clock import now
from community.core.db import lock, save, transaction
from community.core.errors import Invalid
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import Verdict, require
from community.members.models import Member
from community.moderation.events import AppealDecided
from community.moderation.models.appeals import Appeal
from community.moderation.models.items import Decision, Item, ItemKind
from community.moderation.models.measures import Lifting, Measure
from community.moderation.policies.appeals import may_appeal, may_decide_appeal
from community.moderation.queries import appeals as appeal_queries
from community.moderation.rulings import Ruling, on_decision
from community.moderation.services import measuring
from community.moderation.services.queueing import decide as queue_decide
from community.moderation.services.queueing import open_item

LONGEST_TEXT = 5000
KEY = "measures:"


@transaction
def appeal(actor: Member, measure: Measure, text: str) -> Appeal:
    """Object to a measure; it is put into the review queue, for somebody else to decide.

    Raises Invalid without a text, and Forbidden for the second time or after six months.
    """
    require(may_appeal(actor, lock(measure), appeal_queries.against(measure.id)))
    if not text.strip():
        raise Invalid(_l("Say why you see it differently."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_l("At most 5,000 characters, please."), field="text")
    made = save(Appeal(measure_id=measure.id, member_id=actor.id, text=text.strip()))
    record(actor.id, "appeal", f"{KEY}{measure.id}")
    open_item(
        ItemKind.APPEAL,
        post_id=measure.post_id,
        member_id=None if measure.post_id else measure.member_id,
        why=made.text,
        key=f"{KEY}{measure.id}",
    )
    return made


@transaction
def decide(actor: Member, made: Appeal, *, is_upheld: bool, outcome: str) -> Appeal:
    """Decide about an objection, with reasons that the member reads; upheld restores everything.

    Raises Invalid without reasons, and Forbidden to whoever took the measure.
    """
    lock(made)
    require(_may_decide(actor, made))
    if not outcome.strip():
        raise Invalid(_l("Give your reasons: the member reads them."), field="note")
    made.decided_at, made.decided_by_id = now(), actor.id
    made.is_upheld, made.outcome = is_upheld, outcome.strip()
    record(actor.id, "decide-appeal", f"{KEY}{made.measure_id}", after=is_upheld, reason=outcome)
    if is_upheld and made.measure.lifted_at is None:
        measuring.lift(actor, made.measure_id, outcome, as_=Lifting.APPEAL)
    emit(AppealDecided(measure_id=made.measure_id, member_id=made.member_id))
    return made


def _may_decide(actor: Member, made: Appeal) -> Verdict:
    others = appeal_queries.others_who_decide(made.measure)
    return may_decide_appeal(actor, made, others, made.measure.post)


@transaction
def decide_in_queue(actor: Member, made: Appeal, *, is_upheld: bool, outcome: str) -> None:
    """Decide about an objection from its own page; what waits in the queue is decided with it."""
    require(_may_decide(actor, made))
    item = appeal_queries.waiting_item(f"{KEY}{made.measure_id}")
    if item is None:
        decide(actor, made, is_upheld=is_upheld, outcome=outcome)
        return
    decision = Decision.UPHOLD if is_upheld else Decision.REFUSE
    queue_decide(
        actor, Ruling(item_id=item.id, version=item.version, decision=decision, note=outcome)
    )


@on_decision(ItemKind.APPEAL)
def _follow_queue(item: Item, ruling: Ruling, actor: Member | None) -> None:
    """Decide the objection as the queue decided its item; an objection never lapses."""
    if actor is None:
        raise Invalid(_l("An objection is decided by a person."))
    made = appeal_queries.by_measure(int(item.subject_key.removeprefix(KEY)))
    decide(actor, made, is_upheld=ruling.decision == Decision.UPHOLD, outcome=ruling.note)
