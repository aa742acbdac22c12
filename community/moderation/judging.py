"""What a decision upon flags and notices does to the post, and to those who told of it."""

from __future__ import annotations

from sqlalchemy import update

from community.core.clock import now
from community.core.db import db
from community.core.errors import Invalid
from community.core.i18n import _l
from community.members.models import Member
from community.moderation import answering, rulings
from community.moderation.models.flags import Flag
from community.moderation.models.items import LEADS_TO, Decision, Item, ItemKind, ItemState
from community.moderation.models.measures import Means, Measure, MeasureAct
from community.moderation.queries import measures as measure_queries
from community.moderation.services import measuring
from community.posts.models import Post

ABOUT_CONTENT = frozenset({ItemKind.FLAG, ItemKind.NOTICE})


@rulings.on_decision(ItemKind.FLAG)
@rulings.on_decision(ItemKind.NOTICE)
def judge(item: Item, ruling: rulings.Ruling, actor: Member | None) -> None:
    """Judge the flags, restrict or restore, and answer the notices.

    Raises Invalid for an agreement without a measure where nothing is restricted yet.
    """
    measure = None
    if ruling.decision == Decision.AGREE and actor is not None:
        measure = _restrict(item, ruling, actor)
    elif actor is not None:
        _restore(item, ruling, actor)
    _judge_flags(item, LEADS_TO[ruling.decision])
    rulings.reckon(item)
    answering.answer_notices(item, ruling, measure)


def _restrict(item: Item, ruling: rulings.Ruling, actor: Member) -> Measure | None:
    in_force = measure_queries.on_post(item.post_id) if item.post_id else []
    confirmed = next((each for each in in_force if each.act != MeasureAct.HOLD), None)
    draft = ruling.measure
    if draft is None:
        return _confirm(item, confirmed)
    if {draft.post_id, draft.member_id} - {None, item.post_id, item.member_id}:
        raise Invalid(_l("This measure is about something else."), field="measure")
    if any(each.act == draft.act for each in in_force):
        return confirmed
    return measuring.take(actor, draft)


def _confirm(item: Item, confirmed: Measure | None) -> Measure | None:
    """Let what restricts the post already be the measure. Raises Invalid if nothing does."""
    post = db.session.get(Post, item.post_id) if item.post_id else None
    is_gone = post is not None and post.deleted_at is not None
    if confirmed is None and not is_gone:
        raise Invalid(_l("Choose what is done about it."), field="measure")
    return confirmed


def _restore(item: Item, ruling: rulings.Ruling, actor: Member) -> None:
    """Lift what flags did by themselves."""
    for each in measure_queries.on_post(item.post_id) if item.post_id else []:
        if each.decided_by_automation and each.found_by == Means.FLAG:
            measuring.lift(actor, each.id, ruling.note or str(_l("A moderator looked at it.")))


def _judge_flags(item: Item, state: ItemState) -> None:
    waiting = update(Flag).where(Flag.item_id == item.id, Flag.state == ItemState.PENDING)
    db.session.execute(waiting.values(state=state, judged_at=now()))
