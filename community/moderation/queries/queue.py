"""Finding what waits for moderators, and everything they look at before they decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, undefer

from community.core.clock import now
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member
from community.moderation.models.flags import Flag
from community.moderation.models.items import Item, ItemKind, ItemState, Step
from community.moderation.models.notices import Notice
from community.moderation.queries import flags as flag_queries
from community.moderation.scoring import Accuracy
from community.posts.models import Post
from community.posts.places import Around, Place, around, places_of

# So many items lie before and after the one on the screen, for the keys that lead to them.
REACH = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which items a moderator wants to see. `person` is a handle: who wrote, or who flagged."""

    kind: ItemKind | None = None
    product_id: int | None = None
    lang: str = ""
    hours: int = 0
    person: str = ""
    decided: bool = False


@dataclass(frozen=True, kw_only=True)
class Queue:
    """A page of the queue: the items, where their posts stand, and who flagged each of them."""

    page: Page[Item]
    places: Mapping[int, Place]
    flags: Mapping[int, Sequence[Flag]]


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Which items come before and after one on the screen, and how many there are."""

    before: int | None
    after: int | None
    total: int


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything that is looked at before an item is decided."""

    item: Item
    place: Place | None
    around: Around | None
    flags: Sequence[Flag]
    accuracies: Mapping[int, Accuracy]
    notices: Sequence[Notice]
    steps: Sequence[Step]


def listed(viewer: Member, filters: Filters, number: int, size: int) -> Queue:
    """Return a page of the queue in a constant number of statements, the highest score first."""
    order = (Item.decided_at.desc(),) if filters.decided else (Item.score.desc(), Item.id)
    rows = filtered(viewer, filters).options(
        joinedload(Item.post),
        joinedload(Item.member),
        joinedload(Item.product),
        joinedload(Item.claimed_by),
        joinedload(Item.decided_by),
    )
    page = page_of(rows.order_by(*order), number, size)
    flags: dict[int, list[Flag]] = defaultdict(list)
    for each in flag_queries.of_items([item.id for item in page.items]):
        flags[each.item_id].append(each)
    places = places_of(item.post_id for item in page.items if item.post_id)
    return Queue(page=page, places=places, flags=flags)


def filtered(viewer: Member, filters: Filters) -> Select[Any]:
    """Return the items that a moderator may see and wants to see, in no order."""
    rows = select(Item).where(
        Item.state != ItemState.PENDING if filters.decided else Item.state == ItemState.PENDING
    )
    if not viewer.is_moderator:
        rows = rows.where(Item.product_id.in_(viewer.moderated_products or [0]))
    wanted: dict[Any, Any] = {
        Item.kind: filters.kind,
        Item.product_id: filters.product_id,
        Item.lang: filters.lang or None,
    }
    rows = rows.where(*(column == value for column, value in wanted.items() if value is not None))
    if filters.hours:
        rows = rows.where(Item.opened_at < now() - timedelta(hours=filters.hours))
    return _about(rows, filters.person) if filters.person else rows


def _about(rows: Select[Any], handle: str) -> Select[Any]:
    person = aliased(Member)
    found = select(person.id).where(func.lower(person.handle) == handle.lower())
    member_id = found.scalar_subquery()
    flagged = exists().where(Flag.item_id == Item.id, Flag.member_id == member_id)
    return rows.where(or_(Item.member_id == member_id, flagged))


def case(viewer: Member, item_id: int) -> Case:
    """Return an item with everything around it. Raises NotFound for what is not the viewer's."""
    wanted = select(Item).where(Item.id == item_id)
    found = db.session.scalar(
        wanted.options(
            joinedload(Item.post).options(joinedload(Post.author), undefer(Post.body_html)),
            joinedload(Item.member),
            joinedload(Item.product),
            joinedload(Item.claimed_by),
            joinedload(Item.decided_by),
        )
    )
    item = existing(found, _l("There is no such item."))
    existing(item if viewer.moderates(item.product_id) else None, _l("There is no such item."))
    flags = flag_queries.of_item(item.id)
    return Case(
        item=item,
        place=places_of([item.post_id]).get(item.post_id) if item.post_id else None,
        around=around(item.post_id) if item.post_id else None,
        flags=flags,
        accuracies=flag_queries.accuracies({each.member_id for each in flags}),
        notices=_notices(item),
        steps=_steps(item),
    )


def _notices(item: Item) -> Sequence[Notice]:
    return db.session.scalars(
        select(Notice).where(Notice.item_id == item.id).order_by(Notice.id)
    ).all()


def _steps(item: Item) -> Sequence[Step]:
    rows = select(Step).where(Step.item_id == item.id).options(joinedload(Step.member))
    return db.session.scalars(rows.order_by(Step.id)).all()


def neighbours(viewer: Member, filters: Filters, item: Item) -> Neighbours:
    """Return what comes before and after an item in the queue, in one statement."""
    order = (Item.decided_at.desc(),) if filters.decided else (Item.score.desc(), Item.id)
    rows = filtered(viewer, filters).with_only_columns(Item.id).order_by(*order).limit(REACH)
    ids = list(db.session.scalars(rows))
    if item.id not in ids:
        return Neighbours(before=None, after=ids[0] if ids else None, total=len(ids))
    place = ids.index(item.id)
    return Neighbours(
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        total=len(ids),
    )


def waiting_count(viewer: Member) -> int:
    """Count what waits for a moderator."""
    rows = filtered(viewer, Filters()).with_only_columns(func.count(Item.id))
    return db.session.scalar(rows) or 0


def notice_by_secret(secret: str) -> Notice:
    """Return the notice that a secret address belongs to. Raises NotFound."""
    found = db.session.scalar(
        select(Notice).where(Notice.secret == secret).options(joinedload(Notice.item))
    )
    return existing(found, _l("There is no such notice."))


def who_agreed(post_id: int) -> int | None:
    """Return the moderator who last agreed with the reports on a post, if one did."""
    agreed = select(Item.decided_by_id).where(
        Item.post_id == post_id, Item.state == ItemState.AGREED, Item.decided_by_id.is_not(None)
    )
    return db.session.scalar(agreed.order_by(Item.id.desc()).limit(1))
