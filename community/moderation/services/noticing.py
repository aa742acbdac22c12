"""Taking in notices of unlawful content from anybody: Art. 16 of the Digital Services Act."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.errors import Invalid, TooMany, existing
from community.core.i18n import _l
from community.core.policy import unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.moderation import answering, rulings
from community.moderation.models.items import Item, ItemKind, ItemState, StepKind
from community.moderation.models.notices import Ground, Notice
from community.moderation.services import queueing
from community.posts.models import Post

SCORE = Setting("notice_score", 8.0, "What a notice of unlawful content weighs in the queue.")
MAILS_A_DAY = Setting(
    "notices_a_day", 10, "Notices of unlawful content from one mail address in 24 hours."
)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NoticeDraft:
    """What somebody tells of; exactly one of post and member is what the address leads to."""

    address: str
    ground: Ground
    reasons: str
    language: str
    law: str = ""
    name: str = ""
    email: str = ""
    post_id: int | None = None
    member_id: int | None = None


@transaction
@unguarded("anybody may tell of what is unlawful, with or without an account")
def receive(draft: NoticeDraft) -> Notice:
    """Keep a notice, put what it tells of into the review queue, and send the receipt.

    The same notice sent twice is one. Raises Invalid if the address leads to nothing public,
    and TooMany for one mail address.
    """
    _refuse_what_is_gone(draft)
    _refuse_without_name(draft)
    _refuse_too_many(draft)
    item = queueing.open_item(ItemKind.NOTICE, post_id=draft.post_id, member_id=draft.member_id)
    if earlier := _sent_before(item, draft):
        return earlier
    item.own_score = round(item.own_score + SCORE.get(), 2)
    rulings.reckon(item)
    notice = save(_written(item, draft))
    rulings.note_step(item.id, StepKind.NOTICED, None, draft.ground)
    answering.acknowledge(notice)
    return notice


def _written(item: Item, draft: NoticeDraft) -> Notice:
    return Notice(
        item_id=item.id,
        address=draft.address,
        ground=draft.ground,
        law=draft.law,
        reasons=draft.reasons,
        name=draft.name,
        email=draft.email,
        language=draft.language,
        secret=secrets.token_urlsafe(32),
    )


def _refuse_what_is_gone(draft: NoticeDraft) -> None:
    """Raise Invalid if nobody sees any more what the address leads to."""
    if draft.post_id is not None:
        post = existing(db.session.get(Post, draft.post_id), _l("This post does not exist."))
        above = [db.session.get(Post, each) for each in post.hangs_on]
        is_public = post.is_visible and all(each and each.is_visible for each in above)
    else:
        member = db.session.get(Member, draft.member_id)
        is_public = member is not None and member.deleted_at is None
    if not is_public:
        raise Invalid(_l("What is at this address is not public any more."), field="address")


def _refuse_without_name(draft: NoticeDraft) -> None:
    """Ask for name and address, but of those who tell of the abuse of children: Art. 16 (2)."""
    if draft.ground == Ground.CHILD_ABUSE:
        return
    for field in ("name", "email"):
        if not getattr(draft, field).strip():
            raise Invalid(_l("The law asks for this, so that we can answer you."), field=field)


def _refuse_too_many(draft: NoticeDraft) -> None:
    sent = select(func.count(Notice.id)).where(
        Notice.email == draft.email, Notice.email != "", Notice.received_at > now() - DAY
    )
    if (db.session.scalar(sent) or 0) >= MAILS_A_DAY.get():
        raise TooMany(
            _l("Many notices came from this address today. Please send this one tomorrow."),
            seconds=int(DAY.total_seconds()),
        )


def _sent_before(item: Item, draft: NoticeDraft) -> Notice | None:
    same = select(Notice).where(
        Notice.item_id == item.id,
        Notice.state == ItemState.PENDING,
        Notice.email == draft.email,
        Notice.reasons == draft.reasons,
    )
    return db.session.scalar(same.limit(1))
