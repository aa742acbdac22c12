"""Sessions kept on the server: revocable at once, and no clock of ours can make one invalid.

A visitor's row is read when somebody first asks for it, and written only when something changed.
Two requests of one visitor at the same moment each write only what they changed themselves.
"""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from typing import cast

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import OperationalError

from community.core import looking
from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.members.models import Member, Session
from community.members.recognition import ABSOLUTE, IDLE, hashed
from community.members.visits import StoredSession

__all__ = (
    "StoredSession",
    "StoredSessions",
    "forget_old",
    "keep",
    "revoke",
)

log = logging.getLogger(__name__)

IDLE_OF_GUESTS = timedelta(days=7)
TOKEN_BYTES = 32


class StoredSessions(SessionInterface):
    """Finds the session by the cookie and stores it after the request."""

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """Take the token out of the cookie; the row is read when it is needed."""
        return StoredSession(
            request.cookies.get(self.get_cookie_name(app), ""),
            request.cookies.get(self._name_of_flashes(app), ""),
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed and set the cookie."""
        looking.forget()  # The session is the visitor's own.
        stored = cast(StoredSession, session)
        if stored.is_read:
            response.vary.add("Cookie")
        if stored.modified and not stored:
            self._forget(app, stored, response)
            return
        words = stored.leaves_to_say() if stored.modified else None
        if stored.is_due or (
            stored.modified and (words is None or stored.differs_but_for_flashes())
        ):
            self._keep(app, stored, response)
        if stored.modified:
            self._carry(app, words or "", stored, response)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name: with the prefix that browsers guard, where there is TLS."""
        return "__Host-session" if self.get_cookie_secure(app) else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether visitors come through TLS."""
        return str(app.config["BASE_URL"]).startswith("https://")

    def _carry(self, app: Flask, words: str, stored: StoredSession, response: Response) -> None:
        """Let the browser carry words to the next page, or none any more."""
        name, secure = self._name_of_flashes(app), self.get_cookie_secure(app)
        if words:
            response.set_cookie(name, words, secure=secure, httponly=True, samesite="Lax")
        elif stored.carried:
            response.delete_cookie(name, secure=secure, httponly=True)

    def _name_of_flashes(self, app: Flask) -> str:
        return f"{self.get_cookie_name(app)}-says"

    def _keep(self, app: Flask, stored: StoredSession, response: Response) -> None:
        try:
            token = keep(stored)
        except OperationalError:
            # The answer is ready; a log-in or a message for the next page is not worth losing it.
            log.exception("The session could not be written")
            return
        if token != stored.token:
            self._set_cookie(app, response, token)

    def _forget(self, app: Flask, stored: StoredSession, response: Response) -> None:
        if stored.found is not None:
            revoke(Session.id == stored.found.id)
            secure = self.get_cookie_secure(app)
            response.delete_cookie(self.get_cookie_name(app), secure=secure, httponly=True)

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


@transaction
@unguarded("the session belongs to whoever holds the token")
def keep(session: StoredSession) -> str:
    """Write the session; return its token, a new one if it wants one.

    A session that was ended meanwhile stays ended, unless this request is the one that logs in.
    """
    token = session.token
    if session.wants_new_token or not token:
        token = secrets.token_urlsafe(TOKEN_BYTES)
    row = _of_this_moment(session)
    if row is None and session.found is not None and not session.wants_new_token:
        return session.token
    row = row or Session(values={})
    row.values = session.merged_with(row.values)
    row.member_id = int(row.values["_user_id"]) if "_user_id" in row.values else None
    row.token_hash, row.seen_at = hashed(token), now()
    if session.wants_new_token:
        row.started_at = now()
    row.origin, row.browser = request.remote_addr or "", request.user_agent.string[:200]
    save(row)
    _note_presence(row.member_id)
    return token


@transaction
@unguarded("called by services that checked")
def revoke(*which: ColumnElement[bool]) -> None:
    """End the sessions for which all of this is true; their cookies are worth nothing at once."""
    db.session.execute(delete(Session).where(*which))


@periodic("forget_old_sessions", hour="3", minute="40")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Delete the rows of sessions that nobody can use any more."""
    of_guests = (Session.member_id.is_(None), Session.seen_at < now() - IDLE_OF_GUESTS)
    db.session.execute(delete(Session).where(Session.seen_at < now() - IDLE))
    db.session.execute(delete(Session).where(*of_guests))
    db.session.execute(delete(Session).where(Session.started_at < now() - ABSOLUTE))


def _of_this_moment(session: StoredSession) -> Session | None:
    """Return the row as it is now, for another request may have changed or ended it."""
    if session.found is None:
        return None
    mine = select(Session).where(Session.id == session.found.id).with_for_update()
    return db.session.scalar(mine, execution_options={"populate_existing": True})


def _note_presence(member_id: int | None) -> None:
    if member_id is not None:
        seen = update(Member).where(Member.id == member_id).values(last_seen_at=now())
        db.session.execute(seen.execution_options(synchronize_session=False))
