"""Moderators' word on spam, as far as it costs reputation."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.core.db import db, save, transaction
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation.models.measures import MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.queries import measures as measure_queries
from community.moderation.queries import queue as queue_queries
from community.reputation.models import SpamRuling
from community.reputation.policies import may_rule
from community.reputation.services.booking import settle


@transaction
def confirm_spam(actor: Member, post_id: int) -> None:
    """Note that a post is spam, which costs its author reputation. Twice is once."""
    require(may_rule(actor))
    if db.session.scalar(select(SpamRuling.id).where(SpamRuling.post_id == post_id)) is None:
        save(SpamRuling(post_id=post_id, ruled_by_id=actor.id))
    settle(post_id)


@transaction
def take_back_spam(actor: Member, post_id: int) -> None:
    """Say that a post is no spam after all; its author gets back what it cost."""
    require(may_rule(actor))
    db.session.execute(delete(SpamRuling).where(SpamRuling.post_id == post_id))
    settle(post_id)


@transaction
@unguarded("follows from measures and decisions, which have their policies")
def heed_measures(post_id: int) -> None:
    """Let a post be spam as long as a measure for spam stands that a person took or confirmed."""
    ruled_by = _who_says_spam(post_id)
    known = db.session.scalar(select(SpamRuling).where(SpamRuling.post_id == post_id))
    if ruled_by is not None and known is None:
        save(SpamRuling(post_id=post_id, ruled_by_id=ruled_by))
    elif ruled_by is None and known is not None:
        db.session.delete(known)
    db.session.flush()
    settle(post_id)


def _who_says_spam(post_id: int) -> int | None:
    against = [
        each
        for each in measure_queries.on_post(post_id)
        if each.rule == RuleKey.SPAM and each.act in {MeasureAct.HIDE, MeasureAct.REMOVE}
    ]
    for each in against:
        if each.actor_id is not None:
            return each.actor_id
    return queue_queries.who_agreed(post_id) if against else None
