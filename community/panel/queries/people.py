"""Finding people for the panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select

from community.core.clock import now
from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member, Role

# In which state people can be.
STAFF, OF_PRODUCT, SUSPENDED, MUTED = "staff", "product-moderator", "suspended", "muted"
UNCONFIRMED, IMPORTED, LEFT = "unconfirmed", "imported", "left"
MOST_EXPORTED = 10_000


@dataclass(frozen=True, kw_only=True)
class Search:
    """Whom to look for; what is empty narrows nothing down. Days are those of the zone."""

    words: str = ""
    role: str = ""
    state: str = ""
    level: int | None = None
    since: date | None = None
    until: date | None = None
    zone: str = "UTC"


def people(search: Search, number: int, size: int = 50) -> Page[Member]:
    """Return who fits, the newest first."""
    return page_of(_matching(search), number, size)


def exported(search: Search) -> Sequence[Member]:
    """Return those whom a file holds, the newest first: as many as one file may."""
    return db.session.scalars(_matching(search).limit(MOST_EXPORTED)).all()


def _matching(search: Search) -> Select[Member]:
    has_left = Member.deleted_at.is_not(None)
    rows = select(Member).where(has_left if search.state == LEFT else ~has_left)
    if (condition := _in_state(search.state)) is not None:
        rows = rows.where(condition)
    if search.words.strip():
        rows = rows.where(_called(search.words))
    if search.role in set(Role):
        rows = rows.where(Member.role == Role(search.role))
    if search.level is not None:
        rows = rows.where(Member.trust_level == search.level)
    if search.since:
        rows = rows.where(Member.joined_at >= _midnight(search.since, search.zone))
    if search.until:
        after = search.until + timedelta(days=1)
        rows = rows.where(Member.joined_at < _midnight(after, search.zone))
    return rows.order_by(Member.id.desc())


def _called(words: str) -> ColumnElement[bool]:
    start = words.strip().lower().removeprefix("@")
    inside = func.lower(Member.name).contains(start, autoescape=True)
    begins = Member.handle.startswith(start, autoescape=True)
    return or_(inside, begins, Member.email == start, Member.pending_email == start)


def _in_state(state: str) -> ColumnElement[bool] | None:
    lasts = or_(Member.suspended_until.is_(None), Member.suspended_until > now())
    states: dict[str, ColumnElement[bool]] = {
        STAFF: Member.staff_title != "",
        OF_PRODUCT: cast(Member.moderated_products, String).not_in(["[]", "null"]),
        SUSPENDED: Member.suspended_at.is_not(None) & lasts,
        MUTED: Member.muted_until > now(),
        UNCONFIRMED: Member.email_confirmed_at.is_(None),
        IMPORTED: Member.imported_from != "",
    }
    return states.get(state)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
