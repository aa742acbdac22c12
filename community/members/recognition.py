"""Who comes with a token: the session it names, and whose it is, found in one statement."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import current_app, has_request_context, request
from sqlalchemy import ColumnElement, Connection, Select, bindparam, select
from sqlalchemy.orm import scoped_session

from community.core import change_reader, shared_parts
from community.core.clock import now
from community.core.db import connection, db, session_of_its_own, speaks_postgresql
from community.core.recordings import depends_on, is_kept
from community.core.shared_parts import are_kept, shared
from community.members.models import ACCOUNT, Member, Session

# A session ends after some time without use, and after some time in any case (OWASP ASVS 5.0
# V7.3). Those who can do harm with their powers log in more often.
IDLE, ABSOLUTE = timedelta(days=14), timedelta(days=90)
IDLE_OF_STAFF, ABSOLUTE_OF_STAFF = timedelta(hours=12), timedelta(days=7)

# Asks something of the member whose number this is, in a statement that tells it beside others.
Ask = Callable[[ColumnElement[int]], ColumnElement[Any]]
_asked: dict[str, Ask] = {}


@dataclass(frozen=True)
class Found:
    """What a visitor's row said when the request began."""

    id: int
    member: Member | None
    values: dict[str, Any]
    seen_at: datetime
    told: Mapping[str, Any] = field(default_factory=dict)


def hashed(token: str) -> str:
    """Return what the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def tell_at_once(name: str, ask: Ask) -> None:
    """Ask this of a member in the statement that finds the session, for every page shows it."""
    _asked[name] = ask


def find(token: str) -> Found | None:
    """Return what the table holds for a token; None if it holds nothing, or the session is over."""
    row, member, told = (_copied if _only_shows() else _joined)(hashed(token))
    if row is None or _is_over(row.seen_at, row.started_at, member):
        return None
    return Found(row.id, member, dict(row.data), row.seen_at, told)


Seen = tuple[Any, Member | None, Mapping[str, Any]]


def _joined(token_hash: str) -> Seen:
    """Return what the table holds, and the member, in one statement."""
    row = _asked_with_glance(db.session, _with_member, token_hash)
    return row, row.Member if row else None, {}


def _copied(token_hash: str) -> Seen:
    """Return the same, but of the member a copy that many requests read; and what every page of
    a member needs to know, so that pages that are kept need hardly another statement.
    """
    row = _asked_with_glance(connection(), _with_answers, token_hash)
    if row is None or row.member_id is None:
        return row, None, {}

    def read() -> Member | None:
        depends_on((ACCOUNT, row.member_id))
        with session_of_its_own():
            return db.session.get(Member, row.member_id)

    told = {name: getattr(row, name) for name in _asked}
    return row, shared((ACCOUNT, row.member_id), read), told


def _asked_with_glance(
    asks: Connection | scoped_session[Any], statement: Callable[..., Select[Any]], token_hash: str
) -> Any:  # noqa: ANN401
    """Return the row that a statement finds, if any; go on from what it saw of what changed.

    asks: who sends it. Where no object is among what it tells, the connection is quicker.
    """
    place, asked_at = shared_parts.place(), time.monotonic()
    about = {"hash": token_hash, **place._asdict()}
    asked = statement(on_postgresql=speaks_postgresql())
    row = asks.execute(asked, about).one_or_none()
    if row is not None:
        sight = change_reader.Sight(row.changes, row.highest, row.news)
        shared_parts.begin(place, sight, asked_at)
    return row


@cache
def _session_of_token(*, on_postgresql: bool) -> Select[Any]:
    row = Session.__table__.c
    count, highest, news = change_reader.in_sight(on_postgresql=on_postgresql)
    told = select(row.id, row.member_id, row.data, row.started_at, row.seen_at)
    told = told.add_columns(count.label("changes"), highest.label("highest"), news.label("news"))
    return told.where(row.token_hash == bindparam("hash"))


# Put together once each: every request of a member asks one of these.


@cache
def _with_member(*, on_postgresql: bool) -> Select[Any]:
    told = _session_of_token(on_postgresql=on_postgresql).add_columns(Member)
    return told.outerjoin(Member, Member.id == Session.__table__.c.member_id)


@cache
def _with_answers(*, on_postgresql: bool) -> Select[Any]:
    member_id = Session.__table__.c.member_id
    answers = [ask(member_id).label(name) for name, ask in _asked.items()]
    return _session_of_token(on_postgresql=on_postgresql).add_columns(*answers)


def _only_shows() -> bool:
    """Tell whether the request is for a page that changes nothing."""
    if not (has_request_context() and are_kept() and request.method == "GET"):
        return False
    return is_kept(current_app.view_functions.get(request.endpoint or ""))


def _is_over(seen_at: datetime, started_at: datetime, member: Member | None) -> bool:
    powerful = member is not None and (member.is_staff or member.moderates_something)
    idle, absolute = (IDLE_OF_STAFF, ABSOLUTE_OF_STAFF) if powerful else (IDLE, ABSOLUTE)
    return seen_at < now() - idle or started_at < now() - absolute
