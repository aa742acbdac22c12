"""Moderators' word on spam, as far as it costs reputation."""

from __future__ import annotations

from sqlalchemy import delete, select

from community.core.db import db, save, transaction
from community.core.policy import require
from community.members.models import Member
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
