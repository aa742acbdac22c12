"""Finding people for the panel."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from community.core.clock import now
from community.core.paging import Page, page_of
from community.members.models import Member, Role

# What people can be narrowed down to, besides their role.
STAFF, SUSPENDED, MUTED = "staff", "suspended", "muted"


def people(words: str, kind: str, number: int, size: int = 50) -> Page[Member]:
    """Return who fits, the newest first. kind: a role, staff, suspended, muted, or "" for all."""
    rows = select(Member).where(Member.deleted_at.is_(None))
    start = words.strip().lower().removeprefix("@")
    if start:
        inside = func.lower(Member.name).contains(start, autoescape=True)
        begins = Member.handle.startswith(start, autoescape=True)
        rows = rows.where(or_(inside, begins, Member.email == start))
    if kind in set(Role):
        rows = rows.where(Member.role == Role(kind))
    elif kind == STAFF:
        rows = rows.where(Member.staff_title != "")
    elif kind == SUSPENDED:
        rows = rows.where(Member.suspended_at.is_not(None))
    elif kind == MUTED:
        rows = rows.where(Member.muted_until > now())
    return page_of(rows.order_by(Member.id.desc()), number, size)
