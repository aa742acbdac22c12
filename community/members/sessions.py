"""Sessions kept on the server: revocable at once, and no clock of ours can make one invalid.

A visitor's row is read when somebody first asks for it, and written only when something changed.
Two requests of one visitor at the same moment each write only what they changed themselves.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from functools import cached_property
from typing import Any, cast

from flask import Flask, Request, Response, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import OperationalError

from community.core import looking
from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.jobs import periodic
from community.core.policy import unguarded
from community.members import recognition
from community.members.models import Member, Session
from community.members.recognition import ABSOLUTE, IDLE, Found, hashed

log = logging.getLogger(__name__)

IDLE_OF_GUESTS = timedelta(days=7)
NOTED_EVERY, NOTED_EVERY_FOR_GUESTS = timedelta(minutes=5), timedelta(hours=6)
TOKEN_BYTES = 32


class StoredSession(SessionMixin):
    """What Flask calls the session."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.modified = False
        self.wants_new_token = False

    @cached_property
    def found(self) -> Found | None:
        """What the table holds for this visitor, read in one statement; nothing without a cookie.

        A copy, for the row itself may be changed or ended by another request.
        """
        found = recognition.find(self.token) if self.token else None
        self.token = self.token if found else ""
        return found

    @cached_property
    def _values(self) -> dict[str, Any]:
        return deepcopy(self.found.values) if self.found else {}

    @property
    def member(self) -> Member | None:
        return self.found.member if self.found else None

    @property
    def is_read(self) -> bool:
        """Tell whether the answer may depend on who asks; what Flask notes is true too often."""
        return "found" in vars(self)

    @property
    def is_due(self) -> bool:
        """Tell whether it is time to note that the visitor was here."""
        if (found := vars(self).get("found")) is None:
            return False
        pause = NOTED_EVERY if found.member else NOTED_EVERY_FOR_GUESTS
        return bool(found.seen_at < now() - pause)

    def renew(self) -> None:
        """Take a new token, as at every log-in and log-out (ASVS V7.2.4)."""
        self.wants_new_token = self.modified = True

    def merged_with(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values as they are now, with what this request changed."""
        before = self.found.values if self.found else {}
        fresh = {key: value for key, value in self.items() if before.get(key) != value}
        gone = before.keys() - self.keys()
        return {key: value for key, value in values.items() if key not in gone} | fresh

    def __contains__(self, key: object) -> bool:
        # Flask-Login asks for this after every request, also after those that need no session.
        return key != "_remember" and key in self._values

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        self._values[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class StoredSessions(SessionInterface):
    """Finds the session by the cookie and stores it after the request."""

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """Take the token out of the cookie; the row is read when it is needed."""
        return StoredSession(request.cookies.get(self.get_cookie_name(app), ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed and set the cookie."""
        looking.forget()  # The session is the visitor's own.
        stored = cast(StoredSession, session)
        if stored.is_read:
            response.vary.add("Cookie")
        if stored.modified and not stored:
            self._forget(app, stored, response)
        elif stored.modified or stored.is_due:
            self._keep(app, stored, response)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name: with the prefix that browsers guard, where there is TLS."""
        return "__Host-session" if self.get_cookie_secure(app) else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether visitors come through TLS."""
        return str(app.config["BASE_URL"]).startswith("https://")

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
