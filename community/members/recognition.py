"""Who comes with a token: the session it names, and whose it is, found in one statement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import current_app, has_request_context, request
from sqlalchemy import Select, bindparam, select

from community.core.clock import now
from community.core.db import db, session_of_its_own
from community.core.recordings import depends_on, is_kept
from community.core.shared_parts import are_kept, shared
from community.members.models import ACCOUNT, Member, Session

# A session ends after some time without use, and after some time in any case (OWASP ASVS 5.0
# V7.3). Those who can do harm with their powers log in more often.
IDLE, ABSOLUTE = timedelta(days=14), timedelta(days=90)
IDLE_OF_STAFF, ABSOLUTE_OF_STAFF = timedelta(hours=12), timedelta(days=7)


@dataclass(frozen=True)
class Found:
    """What a visitor's row said when the request began."""

    id: int
    member: Member | None
    values: dict[str, Any]
    seen_at: datetime


def hashed(token: str) -> str:
    """Return what the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Found | None:
    """Return what the table holds for a token; None if it holds nothing, or the session is over."""
    seek = _copied if _only_shows() else _joined
    row, member = seek({"hash": hashed(token)})
    if row is None or _is_over(row.seen_at, row.started_at, member):
        return None
    return Found(row.id, member, dict(row.data), row.seen_at)


def _joined(about: dict[str, str]) -> tuple[Any, Member | None]:
    """Return what the table holds, and the member, in one statement."""
    row = db.session.execute(_session_of_token(is_joined=True), about).one_or_none()
    return row, row.Member if row else None


def _copied(about: dict[str, str]) -> tuple[Any, Member | None]:
    """Return the same, but of the member a copy that many requests read."""
    row = db.session.execute(_session_of_token(is_joined=False), about).one_or_none()
    member_id = row.member_id if row else None
    if member_id is None:
        return row, None

    def read() -> Member | None:
        depends_on((ACCOUNT, member_id))
        with session_of_its_own():
            return db.session.get(Member, member_id)

    return row, shared((ACCOUNT, member_id), read)


@cache
def _session_of_token(*, is_joined: bool) -> Select[Any]:
    """Return the statement, put together once: every request of a member asks it."""
    row = Session.__table__.c
    told = select(row.id, row.member_id, row.data, row.started_at, row.seen_at)
    if is_joined:
        told = told.add_columns(Member).outerjoin(Member, Member.id == row.member_id)
    return told.where(row.token_hash == bindparam("hash"))


def _only_shows() -> bool:
    """Tell whether the request is for a page that changes nothing."""
    if not (has_request_context() and are_kept() and request.method == "GET"):
        return False
    return is_kept(current_app.view_functions.get(request.endpoint or ""))


def _is_over(seen_at: datetime, started_at: datetime, member: Member | None) -> bool:
    powerful = member is not None and (member.is_staff or member.moderates_something)
    idle, absolute = (IDLE_OF_STAFF, ABSOLUTE_OF_STAFF) if powerful else (IDLE, ABSOLUTE)
    return seen_at < now() - idle or started_at < now() - absolute
