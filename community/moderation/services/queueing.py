"""The review queue: what is put into it, and how it is decided, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Conflict, Invalid, existing
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.members.models import Member
from community.moderation import judging, rulings
from community.moderation.models.items import Item, ItemKind, ItemState, StepKind
from community.moderation.policies.queue import may_decide
from community.moderation.submissions import Hit
from community.posts import queries as post_queries
from community.posts.models import Post
from community.posts.places import places_of

on_decision = rulings.on_decision


@transaction
@unguarded("called by what put the thing into the queue, which has its own policy")
def open_item(  # noqa: PLR0913 - what is known of a thing that waits
    kind: ItemKind,
    *,
    post_id: int | None = None,
    member_id: int | None = None,
    score: float = 0.0,
    why: str = "",
    hits: Sequence[Hit] = (),
    key: str = "",
) -> Item:
    """Put a post or a profile into the review queue, and return what waits there.

    What waits already gains the score, and what the checks found. `key` names another subject
    than the post or the member, such as "measures:9".
    """
    key = key or (f"posts:{post_id}" if post_id else f"members:{member_id}")
    item = _waiting(key, kind)
    if item is None:
        item = save(_item(Item(kind=kind, subject_key=key, why=why), post_id, member_id))
        rulings.note_step(item.id, StepKind.OPENED, None)
    elif kind == ItemKind.NOTICE:
        # A notice has to be answered by law; what was flagged only is dealt with as one now.
        item.kind = kind
    item.found = [*(item.found or []), *([hit.check, hit.evidence] for hit in hits)]
    item.own_score = round((item.own_score or 0.0) + score, 2)
    rulings.reckon(item)
    db.session.flush()
    return item


def _waiting(key: str, kind: ItemKind) -> Item | None:
    """Return what waits already: flags and notices of one thing are looked at together."""
    alike = judging.ABOUT_CONTENT if kind in judging.ABOUT_CONTENT else {kind}
    waiting = select(Item).where(
        Item.subject_key == key, Item.kind.in_(alike), Item.state == ItemState.PENDING
    )
    return db.session.scalar(waiting.with_for_update().execution_options(populate_existing=True))


def _item(item: Item, post_id: int | None, member_id: int | None) -> Item:
    """Fill in where the thing stands, so that the queue can be filtered by it."""
    if post_id is None:
        member = existing(
            db.session.get(Member, member_id), _l("This account is not here any more.")
        )
        item.member_id, item.lang = member.id, member.language
        return item
    post = existing(db.session.get(Post, post_id), _l("This post does not exist."))
    item.post_id, item.member_id = post.id, post.author_id
    if place := places_of([post.id]).get(post.id):
        item.product_id, item.lang = place.product_id, place.lang
    return item


@transaction
@unguarded("part of putting posts elsewhere, which is guarded")
def follow_posts(post_ids: Sequence[int], product_id: int) -> None:
    """Let what waits about posts wait for the moderators of the product where they lie now."""
    here = update(Item).where(Item.post_id.in_(post_ids)).values(product_id=product_id)
    db.session.execute(here.execution_options(synchronize_session=False))


@transaction
def decide(actor: Member, ruling: rulings.Ruling) -> Item:
    """Decide an item once: take the measure, tell whoever waits for it, and remember all of it.

    Raises Conflict for the second of two moderators, and if the text was changed since it was
    looked at; Invalid for a decision that does not fit the item.
    """
    item = existing(db.session.get(Item, ruling.item_id), _l("There is no such item."))
    if item.post_id:
        post_queries.locked(item.post_id)
    lock(item)
    require(may_decide(actor, item))
    _refuse_second(item, ruling)
    _refuse_while_claimed(item, actor)
    _refuse_unseen_text(item, ruling)
    if ruling.decision not in item.decisions:
        raise Invalid(_l("This decision does not fit. Please choose another one."), "decision")
    rulings.close(item, ruling, actor)
    record(
        actor.id, f"review-{ruling.decision}", item.subject_key, after=item.id, reason=ruling.note
    )
    return item


def _refuse_second(item: Item, ruling: rulings.Ruling) -> None:
    if item.is_pending and item.version == ruling.version:
        return
    decider = db.session.get(Member, item.decided_by_id) if item.decided_by_id else None
    raise rulings.AlreadyDecided(item, decider.name if decider else "")


def _refuse_while_claimed(item: Item, actor: Member) -> None:
    if item.is_claimed_from(actor.id, now()):
        raise Conflict(_l("Another moderator is looking at this. It is free again after a while."))


def _refuse_unseen_text(item: Item, ruling: rulings.Ruling) -> None:
    post = db.session.get(Post, item.post_id) if item.post_id else None
    if post and ruling.post_version and post.version != ruling.post_version:
        raise Conflict(_l("The text was changed while you were looking at it. Please look again."))
