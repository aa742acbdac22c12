"""What follows when a held post is decided: it is published, or its author is told why not."""

from __future__ import annotations

from sqlalchemy import select, update

from community.core.clock import now
from community.core.db import db, transaction
from community.core.events import emit
from community.core.i18n import _, force_locale
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation.events import PostApproved
from community.moderation.models.checks import Check, CheckHit, Mode
from community.moderation.models.items import Decision, Item, ItemKind
from community.moderation.models.measures import Lifting, Means, Measure, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.models.words import WatchedWord
from community.moderation.publishing import Approval, publish
from community.moderation.queries import measures as measure_queries
from community.moderation.rulings import Ruling
from community.moderation.services import measuring, teaching
from community.moderation.services.measuring import MeasureDraft
from community.moderation.services.queueing import on_decision
from community.posts import queries as post_queries
from community.posts.models import Post

QUIETLY = {"synchronize_session": False}


@on_decision(ItemKind.HELD)
@transaction
@unguarded("part of the decision, which has its policy")
def settle(item: Item, ruling: Ruling, actor: Member | None) -> None:
    """Publish a held post as if it were posted now, or take the measure that says why not."""
    post = db.session.get(Post, item.post_id)
    assert post is not None
    if ruling.decision == Decision.APPROVE:
        _approve(post, actor)
    else:
        _reject(post, ruling, actor)


def _approve(post: Post, actor: Member | None) -> None:
    """Count the checks that held it as wrong, and publish it unless something else hides it."""
    hits = _hits_that_held(post)
    _overturn(hits)
    teaching.note(post, is_spam=False, actor=actor)
    _end_hold(post, actor, "A moderator read it and published it.")
    if post.hidden_at is None and post.deleted_at is None:
        publish(Approval(post_queries.locked(post.id), was_public=any(hit.on_edit for hit in hits)))
        emit(PostApproved(post_id=post.id, member_id=post.author_id))


def _reject(post: Post, ruling: Ruling, actor: Member | None) -> None:
    """Take the measure before the hold ends, so that the post is never seen in between."""
    draft = ruling.measure or _rejection(post, ruling, actor)
    if draft.rule == RuleKey.SPAM and actor is not None:
        teaching.note(post, is_spam=True, actor=actor)
    measuring.take(actor, draft)
    _end_hold(post, actor, "A moderator read it and did not publish it.")


def _rejection(post: Post, ruling: Ruling, actor: Member | None) -> MeasureDraft:
    """Return the measure that says the moderator's note, or that nobody came to read it."""
    hold = _hold_of(post)
    author = db.session.get(Member, post.author_id)
    with force_locale(author.language if author else "en"):
        nobody = _("Your post waited for review for too long, so it was not published.")
    return MeasureDraft(
        act=MeasureAct.REMOVE,
        post_id=post.id,
        facts=ruling.note.strip() or (hold.facts if hold and actor else nobody),
        rule=hold.rule if hold and hold.rule else RuleKey.OTHER,
        found_by=Means.AUTOMATION,
        decided_by_automation=actor is None,
    )


def _end_hold(post: Post, actor: Member | None, reason: str) -> None:
    hold = _hold_of(post)
    if hold is not None:
        measuring.lift(actor, hold.id, reason, as_=Lifting.ENDED)


def _hold_of(post: Post) -> Measure | None:
    in_force = measure_queries.on_post(post.id)
    return next((each for each in in_force if each.act == MeasureAct.HOLD), None)


def _hits_that_held(post: Post) -> list[CheckHit]:
    held = select(CheckHit).where(
        CheckHit.post_id == post.id,
        CheckHit.mode == Mode.HOLD,
        CheckHit.overturned_at.is_(None),
    )
    return list(db.session.scalars(held))


def _overturn(hits: list[CheckHit]) -> None:
    """Count what the checks and words said as wrong, each of them once."""
    for hit in hits:
        hit.overturned_at = now()
    wrong = update(Check).where(Check.key.in_({hit.check_key for hit in hits}))
    db.session.execute(wrong.values(overturned=Check.overturned + 1), execution_options=QUIETLY)
    words = {hit.word_id for hit in hits if hit.word_id}
    wrong = update(WatchedWord).where(WatchedWord.id.in_(words))
    wrong = wrong.values(overturned=WatchedWord.overturned + 1)
    db.session.execute(wrong, execution_options=QUIETLY)
