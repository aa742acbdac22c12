"""Whole pages for guests and robots, kept until something that they show has changed.

A guest's page carries nothing of its own: no token, no session, no name. So one rendering serves
every guest who reads the same language, packed once. Each answer is checked against core.changes
first, so a vote, an edit or a hiding is seen by the next guest; nothing here ages by the clock
but what says how long ago something was. docs/decisions/0120-kept-pages.md.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from community.core import (
    change_reader,
    counting,
    i18n,
    outage,
    recordings,
    replica,
    settings,
    shared_parts,
)
from community.core.bounded import Bounded
from community.core.change_log import NEVER, Log
from community.core.db import reading_replica
from community.core.kept_page import Answer, Page, kept_from, send
from community.core.packing import PLAIN
from community.core.recordings import Recording

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

# A change is seen by the next guest after at most this many seconds.
PAUSE = 0.25
MOST_BYTES = 32 * 1024 * 1024
SECONDS_TO_WAIT = 10
TURNS = 64


class GuestPages:
    """Stands before the application and answers guests from what it keeps."""

    def __init__(self, app: Flask, application: WSGIApplication) -> None:
        self.application = application
        # A page made after a change shall show what is set since.
        reader = change_reader.Reader(app)
        self.log = Log(reader.read, PAUSE, settings.forget, reader.glance)
        self.hits = self.misses = 0
        self._app = app
        self._session_cookie = app.config["SESSION_COOKIE_NAME"]
        self._pages: Bounded[tuple[str, ...], Page] = Bounded(MOST_BYTES)
        self._turns = [threading.Lock() for _ in range(TURNS)]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer with a kept page if it is still right; else have it made, and keep it."""
        key = self._key(environ)
        if key is None:
            return self.application(environ, start)
        self._look()
        page = self._pages.get(key)
        if page is not None and page.is_right(self.log):
            return self._send_again(page, environ, start)
        if environ["REQUEST_METHOD"] == "HEAD" or not self._endpoint(environ):
            return self.application(environ, start)
        return self._take_turn(key, environ, start)

    def forget(self) -> None:
        """Keep nothing any more."""
        self._pages.clear()
        self.log.forget()

    def _key(self, environ: WSGIEnvironment) -> tuple[str, ...] | None:
        """Return what the answer for a guest depends on, or None if a member may be asking."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
            return None
        cookies = parse_cookie(environ["HTTP_COOKIE"]) if "HTTP_COOKIE" in environ else {}
        if self._session_cookie in cookies:
            return None
        wish = cookies.get(i18n.COOKIE, "")
        language = i18n.language_of_browser(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        return (
            environ["wsgi.url_scheme"],
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            wish if wish in i18n.LANGUAGES else language or "",
        )

    def _look(self, *, now: bool = False) -> int:
        """Learn what changed. While the database does not answer, nothing can have changed."""
        try:
            return self.log.look(now=now)
        except Exception:
            log.exception("What has changed cannot be read; kept pages go on being shown")
            return self.log.count

    def _endpoint(self, environ: WSGIEnvironment) -> str:
        """Return the name of the view that is asked for, or "" if its pages are not kept."""
        try:
            endpoint, _arguments = self._app.url_map.bind("").match(
                environ["PATH_INFO"], method="GET"
            )
        except HTTPException:
            return ""
        is_kept = recordings.is_kept(self._app.view_functions[endpoint])
        return str(endpoint) if is_kept else ""

    def _take_turn(
        self, key: tuple[str, ...], environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Have a page made once, however many ask for it at the same moment."""
        turn = self._turns[hash(key) % TURNS]
        came_at = time.monotonic()
        is_mine = turn.acquire(timeout=SECONDS_TO_WAIT)
        try:
            page = self._pages.get(key)
            if page is not None and page.made_at > came_at and page.is_right(self.log):
                return self._send_again(page, environ, start)
            return self._make(key, environ, start)
        finally:
            if is_mine:
                turn.release()

    def _make(
        self, key: tuple[str, ...], environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        self.misses += 1
        since = self._look(now=True)
        answer, recording, is_old = self._made_somewhere(environ, since)
        if not answer.may_be_kept or is_old:
            start(answer.status, answer.headers)
            return [answer.body]
        page = kept_from(answer, recording, since, self._endpoint(environ))
        self._pages.put(key, page)
        return send(page, environ, start)

    def _made_somewhere(
        self, environ: WSGIEnvironment, since: int
    ) -> tuple[Answer, Recording, bool]:
        """Have a page made by the replica if it knows all that we know, else by the first database;
        if that fails, by the replica as it is. Returns last whether the page may be too old.
        """
        second = replica.there(self._app)
        if second is not None and second.has_all(self.log):
            with reading_replica():
                made = self._made(environ, since)
            if not made[0].has_failed:
                return *made, False
            second.leave_alone()
        made = self._made(environ, since)
        if made[0].has_failed and second is not None and second.answers():
            with reading_replica():
                older = self._made(environ, NEVER)
            if not older[0].has_failed:
                return *older, True
        return *made, False

    def _made(self, environ: WSGIEnvironment, since: int) -> tuple[Answer, Recording]:
        recording, answer = Recording(), Answer()
        with recordings.into(recording):
            known = {shared_parts.KNOWN: since, counting.MISS: True}
            unpacked = {**environ, "HTTP_ACCEPT_ENCODING": PLAIN, **known}
            try:
                answer.take(self.application(unpacked, answer.start))
            except SQLAlchemyError:
                log.exception("The database went away in the midst of a page")
                answer.start("503 Service Unavailable", [("Content-Type", "text/html")])
                answer.body = outage.PAGE.encode()
        return answer, recording

    def _send_again(
        self, page: Page, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        self.hits += 1
        for visit in page.recording.visits:
            visit(environ)
        body = send(page, environ, start)
        counts = counting.of(self._app)
        if counts is not None:
            method = environ["REQUEST_METHOD"]
            status = "3xx" if method == "GET" and not body else "2xx"
            counts().hit(page.endpoint, method, status)
        return body


def init_app(app: Flask) -> None:
    """Put the kept pages before the application. Before the waiting room and behind the proxy."""
    pages = GuestPages(app, app.wsgi_app)
    app.extensions["guest_pages"] = pages
    replica.init_app(app)
    shared_parts.init_app(app, pages.log)
    if app.config["KEPT_PAGES"]:
        app.wsgi_app = pages  # type: ignore[assignment, method-assign]
