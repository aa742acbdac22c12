"""Telling members what concerns them, and noting what they have read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from community.core.clock import now
from community.core.db import db, insert_once, transaction, was_inserted
from community.core.jobs import enqueue, periodic
from community.core.mail import Letter, post
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.notifications import queries
from community.notifications.models import MAILED, Kind, Notification, Wish
from community.notifications.policies import may_choose, may_open

# Long enough for who is on the site to read it there, and for a slip to be deleted again.
MAIL_AFTER = Setting("notice_mail_seconds", 120, "Seconds before a notice goes out by mail.")
KEPT_DAYS = Setting("notice_days", 180, "Days for which read notices are kept.")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What happened, once for all who are told. The key names the event."""

    kind: Kind
    key: str
    actor_id: int | None = None
    question_id: int | None = None
    post_id: int | None = None
    parent_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def posts(self) -> list[int]:
        """The posts that have to be visible for anybody to be told."""
        return [each for each in (self.question_id, self.post_id, self.parent_id) if each]


@transaction
@unguarded("called by reactions to what members did, never by a visitor")
def tell(notice: Notice, member_ids: Iterable[int]) -> None:
    """Tell members of an event: never who caused it, nobody twice, nothing of what is gone."""
    if queries.is_any_gone(notice.posts):
        return
    for member_id in queries.reachable(set(member_ids) - {notice.actor_id}):
        values = {**vars(notice), "member_id": member_id, "made_at": now()}
        if was_inserted(insert_once(Notification, **values)):
            enqueue(
                "notifications.mail",
                delay=MAIL_AFTER.get(),
                member_id=member_id,
                event=notice.key,
            )


@transaction
@unguarded("called by reactions to what members did, never by a visitor")
def tell_more(notice: Notice, member_id: int) -> None:
    """Let a notice that a member has already say more than it did, and be new again."""
    theirs = (Notification.member_id == member_id, Notification.key == notice.key)
    for found in db.session.scalars(select(Notification).where(*theirs)):
        if found.facts != notice.facts:
            found.facts, found.read_at = notice.facts, None


@transaction
@unguarded("called by reactions to what members did, never by a visitor")
def untell(key: str, member_id: int) -> None:
    """Let a notice go whose event was undone."""
    theirs = (Notification.member_id == member_id, Notification.key == key)
    db.session.execute(delete(Notification).where(*theirs))


@transaction
@unguarded("called by what happens in moderation, never by a visitor")
def tell_at_once(notice: Notice, member_id: int) -> None:
    """Tell a member, also one who is suspended, of what concerns the member's own rights."""
    values = {**vars(notice), "member_id": member_id, "made_at": now()}
    db.session.execute(insert_once(Notification, **values))


@transaction
@unguarded("the worker's own bookkeeping")
def mail(notification: Notification, letter: Letter) -> None:
    """Send a notice by mail and note it in one go, so that it goes out once."""
    notification.mailed_at = now()
    post(letter)


@transaction
def read(actor: Member, notification: Notification) -> None:
    """Note that a member has read a notice."""
    require(may_open(actor, notification))
    notification.read_at = notification.read_at or now()


@transaction
def read_all(actor: Member) -> None:
    """Note that a member has read everything there is."""
    require(may_choose(actor))
    unread = update(Notification).where(
        Notification.member_id == actor.id, Notification.read_at.is_(None)
    )
    db.session.execute(unread.values(read_at=now()))


@transaction
def choose_mails(actor: Member, kinds: Collection[Kind]) -> None:
    """Keep of what a member wants to hear by mail."""
    require(may_choose(actor))
    db.session.execute(delete(Wish).where(Wish.member_id == actor.id))
    for kind in Kind:
        if (kind in kinds) != (kind in MAILED):
            db.session.add(Wish(member_id=actor.id, kind=kind, by_mail=kind in kinds))


@transaction
@unguarded("part of leaving: nothing personal stays")
def forget_member(member_id: int) -> None:
    """Forget what a member who left was told, and wished."""
    db.session.execute(delete(Notification).where(Notification.member_id == member_id))
    db.session.execute(delete(Wish).where(Wish.member_id == member_id))


@periodic("forget_old_notices", hour="4", minute="30")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget what was read long ago."""
    before = now() - timedelta(days=KEPT_DAYS.get())
    db.session.execute(delete(Notification).where(Notification.read_at < before))
