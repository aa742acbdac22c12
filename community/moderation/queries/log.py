"""The record of acts, searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from community.core.audit import Act
from community.core.db import db
from community.core.paging import Page, page_of
from community.members.models import Member

MOST_EXPORTED = 10_000
# What members do with their own accounts is nobody's business but theirs.
PRIVATE = (
    *("logged-in", "logged-out", "log-in-failed", "registered", "password-changed"),
    *("session-ended", "account-deleted", "email-changed", "email-confirmed", "appeal"),
)


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for: who, what, upon what, and when; days are those of the zone."""

    who: str = ""
    what: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
    zone: str = "UTC"


def page_of_acts(search: Search, number: int, size: int) -> Page[Act]:
    """Return a page of acts, the latest first."""
    return page_of(_matching(search), number, size)


def exported(search: Search) -> Iterator[Act]:
    """Yield the acts that a file holds, the latest first: as many as one file may."""
    yield from db.session.scalars(_matching(search).limit(MOST_EXPORTED))


def actors_of(acts: Sequence[Act]) -> dict[int, Member]:
    """Return who did these acts, in one statement."""
    ids = {act.actor_id for act in acts if act.actor_id}
    found = db.session.scalars(select(Member).where(Member.id.in_(ids))) if ids else ()
    return {member.id: member for member in found}


def names_of_acts() -> Sequence[str]:
    """Return the names of all acts that the record knows."""
    known = select(Act.name).where(Act.name.not_in(PRIVATE)).distinct().order_by(Act.name)
    return db.session.scalars(known).all()


def _matching(search: Search) -> Select[Act]:
    conditions: list[Any] = [Act.name.not_in(PRIVATE)]
    if search.who == "-":
        conditions.append(Act.actor_id.is_(None))
    elif search.who:
        named = select(Member.id).where(Member.handle == search.who.removeprefix("@").casefold())
        conditions.append(Act.actor_id == named.scalar_subquery())
    if search.what:
        conditions.append(Act.name == search.what)
    if search.subject:
        conditions.append(Act.subject == search.subject)
    if search.since:
        conditions.append(Act.at >= _midnight(search.since, search.zone))
    if search.until:
        conditions.append(Act.at < _midnight(search.until + timedelta(days=1), search.zone))
    return select(Act).where(*conditions).order_by(Act.id.desc())


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time_of_day(), ZoneInfo(zone))
