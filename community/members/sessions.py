"""Sessions kept on the server: revocable at once, and no clock of ours can make one invalid."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import CallbackDict

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.policy import unguarded
from community.members.models import Session

# OWASP ASVS 5.0 V7.3: a session ends after some time without use.
IDLE = timedelta(days=30)
NOTED_EVERY = timedelta(minutes=5)
TOKEN_BYTES = 32


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What Flask calls the session; its row is written when something changed."""

    def __init__(self, row: Session | None, token: str = "") -> None:
        def note(changed: StoredSession) -> None:
            changed.modified = True

        super().__init__(row.values if row else {}, note)
        self.row, self.token = row, token
        self.modified = False
        self.wants_new_token = False

    def renew(self) -> None:
        """Take a new token, as at every log-in and log-out (session fixation, ASVS V7.2.4)."""
        self.wants_new_token = self.modified = True


class StoredSessions(SessionInterface):
    """Finds the session by the cookie and stores it after the request."""

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """Load the session with its member in one statement; guests without a cookie need none."""
        token = request.cookies.get(self.get_cookie_name(app), "")
        row = _find(token) if token else None
        session = StoredSession(row, token if row else "")
        g.session_member = row.member if row else None
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed and set the cookie."""
        stored = cast(StoredSession, session)
        if stored.accessed:
            response.vary.add("Cookie")
        if not stored.modified and not _is_due(stored.row):
            return
        if not stored and stored.row is None:
            return
        token = keep(stored)
        if token != stored.token:
            self._set_cookie(app, response, token)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name: with the prefix that browsers guard, where there is TLS."""
        return "__Host-session" if self.get_cookie_secure(app) else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether visitors come through TLS."""
        return str(app.config["BASE_URL"]).startswith("https://")

    def _set_cookie(self, app: Flask, response: Response, token: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            token,
            max_age=IDLE,
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite="Lax",
            path="/",
        )


def _find(token: str) -> Session | None:
    mine = select(Session).options(joinedload(Session.member))
    return db.session.scalar(
        mine.where(Session.token_hash == hashed(token), Session.seen_at > now() - IDLE)
    )


def hashed(token: str) -> str:
    """Return what the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _is_due(row: Session | None) -> bool:
    return row is not None and row.seen_at < now() - NOTED_EVERY


@transaction
@unguarded("the session belongs to whoever holds the token")
def keep(session: StoredSession) -> str:
    """Write the session; return its token, a new one if it wants one."""
    from flask import request  # noqa: PLC0415

    token = session.token
    if session.wants_new_token or not token:
        token = secrets.token_urlsafe(TOKEN_BYTES)
    facts = {
        "token_hash": hashed(token),
        "member_id": int(session["_user_id"]) if "_user_id" in session else None,
        "values": dict(session),
        "seen_at": now(),
        "origin": request.remote_addr or "",
        "browser": request.user_agent.string[:200],
    }
    if session.row is None:
        save(Session(**facts))
    else:
        db.session.execute(update(Session).where(Session.id == session.row.id).values(**facts))
    return token


@transaction
@unguarded("called by services that checked")
def revoke(member_id: int, but: str = "") -> None:
    """End every session of a member, but not the one with this token."""
    every = delete(Session).where(Session.member_id == member_id)
    db.session.execute(every.where(Session.token_hash != hashed(but)) if but else every)
