"""Finding notices. What tells of a post that is hidden or deleted now is left out everywhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.base import ExecutableOption

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member, Role
from community.moderation.models.flags import Flag
from community.notifications.models import MAILED, Kind, Notification, Wish
from community.posts.models import Post
from community.questions.models import Follow, Question

# The bell says "99+" beyond this, so it counts no further.
MOST_COUNTED = 100


def of_member(member: Member, number: int, size: int) -> Page[Notification]:
    """Return a page of a member's notices, the latest first."""
    mine = select(Notification).where(Notification.member_id == member.id, still_public())
    loaded = mine.options(joinedload(Notification.actor), _title())
    latest = loaded.order_by(Notification.made_at.desc(), Notification.id.desc())
    return page_of(latest, number, size)


def unread_count(member: Member) -> int:
    """Count what a member has not read, up to MOST_COUNTED."""
    return db.session.scalar(_unread_of_member(), {"reader": member.id}) or 0


@cache
def _unread_of_member() -> Select[int]:
    return select(unread_of(bindparam("reader", type_=Integer)))


def unread_of(member_id: ColumnElement[int]) -> ColumnElement[int]:
    """Return what counts them in a statement that asks something else, too."""
    unread = select(Notification.id).where(
        Notification.member_id == member_id, Notification.read_at.is_(None), still_public()
    )
    some = unread.limit(MOST_COUNTED).correlate_except(Notification).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def of_member_by_id(member: Member, notification_id: int) -> Notification:
    """Return one of a member's notices. Raises NotFound for those of others, or of what is gone."""
    found = db.session.scalar(
        select(Notification)
        .where(Notification.id == notification_id, Notification.member_id == member.id)
        .where(still_public())
        .options(joinedload(Notification.actor), _title())
    )
    return existing(found, _l("What this notice told of is no longer here."))


def to_mail(member_id: int, event: str) -> Notification | None:
    """Return what should go out by mail: unread, not mailed yet, and still public."""
    return db.session.scalar(_to_mail(), {"member": member_id, "event": event})


@cache
def _to_mail() -> Select[Notification]:
    """Return the statement, put together once."""
    is_it = (Notification.member_id == bindparam("member"), Notification.key == bindparam("event"))
    return (
        select(Notification)
        .where(*is_it)
        .where(Notification.read_at.is_(None), Notification.mailed_at.is_(None), still_public())
        .options(joinedload(Notification.actor), joinedload(Notification.member), _title())
    )


@cache
def still_public() -> ColumnElement[bool]:
    """Return the condition that nothing a notice tells of is hidden or deleted."""
    gone = aliased(Post)
    told = (Notification.question_id, Notification.post_id, Notification.parent_id)
    hidden = or_(gone.deleted_at.is_not(None), gone.hidden_at.is_not(None))
    return ~exists().where(gone.id.in_(told), hidden)


def is_any_gone(post_ids: Collection[int]) -> bool:
    """Tell whether one of these posts is hidden or deleted."""
    hidden = or_(Post.deleted_at.is_not(None), Post.hidden_at.is_not(None))
    return bool(db.session.scalar(select(exists().where(Post.id.in_(post_ids), hidden))))


def reachable(member_ids: Collection[int]) -> Sequence[int]:
    """Return which of these members are still here."""
    here = (Member.suspended_at.is_(None), Member.deleted_at.is_(None))
    return db.session.scalars(select(Member.id).where(Member.id.in_(member_ids), *here)).all()


def followers_of(question_id: int) -> Sequence[int]:
    """Return who follows a question."""
    return db.session.scalars(
        select(Follow.member_id).where(Follow.question_id == question_id)
    ).all()


def outcomes_of_reports(item_id: int) -> dict[str, set[int]]:
    """Return who hears which outcome of an item that was decided: member ids by outcome."""
    told: dict[str, set[int]] = {}
    rows = db.session.execute(
        select(Flag.member_id, Flag.state).where(
            Flag.item_id == item_id, Flag.judged_at.is_not(None)
        )
    )
    for member_id, state in rows:
        told.setdefault(state.value, set()).add(member_id)
    return told


def moderators_of(product_ids: Collection[int]) -> set[int]:
    """Return who moderates one of these products, or all of them."""
    some = cast(Member.moderated_products, String) != "[]"
    rows = select(Member).where(or_(Member.role != Role.MEMBER, some))
    return {
        member.id
        for member in db.session.scalars(rows)
        if any(member.moderates(product_id) for product_id in product_ids)
    }


def mailed_kinds(member_id: int) -> set[Kind]:
    """Return of what a member wants to hear by mail."""
    wishes = db.session.execute(select(Wish.kind, Wish.by_mail).where(Wish.member_id == member_id))
    chosen = {row.kind: row.by_mail for row in wishes}
    return {kind for kind in Kind if chosen.get(kind, kind in MAILED)}


def _title() -> ExecutableOption:
    return joinedload(Notification.question).load_only(Question.title, Question.slug)
