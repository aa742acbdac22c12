"""Teaching the spam filter: each decision is a lesson; each night it learns from all of them."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import delete, select

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.jobs import enqueue
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.moderation.models.items import Decision, Item, ItemKind
from community.moderation.models.learning import SpamLesson, SpamModel
from community.moderation.models.rules import RuleKey
from community.moderation.policies.checks import may_set_checks
from community.moderation.queries import learning
from community.moderation.rulings import Ruling
from community.moderation.services.queueing import on_decision
from community.moderation.spam.judging import Weights, packed
from community.posts.models import Post

log = logging.getLogger(__name__)
NEEDED = Setting("spam_filter_decisions", 50, "Decisions of each kind before the filter speaks.")
WANTED = Setting(
    "spam_filter_precision", 90, "Percent of its warnings that shall be right; sets the threshold."
)
MODELS_KEPT = 14
LEARN = "spam.learn"


@transaction
@unguarded("follows upon the decision of a moderator, which has its policy")
def note(post: Post, *, is_spam: bool, actor: Member | None) -> None:
    """Remember that a moderator decided whether a post is spam; the last decision counts."""
    if actor is None:
        return
    known = db.session.scalar(select(SpamLesson).where(SpamLesson.post_id == post.id))
    lesson = known or SpamLesson(post_id=post.id)
    lesson.is_spam, lesson.decided_by_id, lesson.decided_at = is_spam, actor.id, now()
    save(lesson)


@on_decision(ItemKind.FLAG)
@transaction
@unguarded("part of the decision, which has its policy")
def learn_from_flag(item: Item, ruling: Ruling, actor: Member | None) -> None:
    """Take what moderators say about flagged posts as lessons, too."""
    post = db.session.get(Post, item.post_id) if item.post_id else None
    if post is None:
        return
    if ruling.decision == Decision.DISAGREE:
        note(post, is_spam=False, actor=actor)
    elif ruling.measure is not None and ruling.measure.rule == RuleKey.SPAM:
        note(post, is_spam=True, actor=actor)


@transaction
@unguarded("the worker's own result")
def store(found: dict[str, Any], counts: learning.Counts) -> SpamModel:
    """Store what was learned; it is in force at once. Keep the figures of two weeks."""
    figures = {name: found[name] for name in ("caught", "missed", "wronged", "cleared")}
    features = {name: (a, b) for name, (a, b) in found["features"].items()}
    model = save(
        SpamModel(
            weights=packed(Weights(found["bias"], features)),
            threshold=found["threshold"],
            spam_lessons=counts.spam,
            good_lessons=counts.good,
            learned_at=now(),
            **figures,
        )
    )
    db.session.execute(delete(SpamModel).where(SpamModel.id <= model.id - MODELS_KEPT))
    return model


@transaction
def ask_to_learn(actor: Member) -> None:
    """Let the filter learn now, in the worker, instead of at night."""
    require(may_set_checks(actor))
    enqueue(LEARN, key=LEARN)
