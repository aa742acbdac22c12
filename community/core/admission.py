"""The waiting room before the application: slow visitors wait here and keep nobody else waiting.

The web server gives every request a thread. Here the body of a form is taken in before the
application begins, so that the few places where work is done are never held by a slow sender;
and senders may hold only so many threads, so that some are always left for those who read.
docs/decisions/0001-the-web-server.md has the measurements.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from flask import Flask
from werkzeug.wsgi import FileWrapper

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Of the 64 threads of a process, so many may wait for bodies; the others are for the rest.
BODIES = 48
BODIES_OF_ONE_ADDRESS = 8
IN_MEMORY = 256 * 1024
PIECE = 64 * 1024
SECONDS_FOR_A_PLACE = 15
BUSY = (
    "<!doctype html><meta charset=utf-8><title>…</title>"
    "<p>The forum is very busy. Please try again in a few seconds."
    "<p lang=es>El foro está muy ocupado. Vuelve a intentarlo en unos segundos."
).encode()


def init_app(app: Flask) -> None:
    """Put the waiting room before the application."""
    app.wsgi_app = Admission(  # type: ignore[assignment, method-assign]
        app.wsgi_app,
        places=app.config["THREADS"],
        most=app.config["MAX_CONTENT_LENGTH"],
        # Behind a proxy all come from one address; it takes in slow bodies itself.
        of_one_address=BODIES if app.config["TRUSTED_PROXIES"] else BODIES_OF_ONE_ADDRESS,
    )


class Admission:
    """Let requests in once they are complete, and only so many at a time."""

    def __init__(
        self, application: WSGIApplication, *, places: int, most: int, of_one_address: int
    ) -> None:
        self.application = application
        self.most = most
        self.places = threading.BoundedSemaphore(places)
        self.queue = Queue(BODIES, of_one_address)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Take in the body, wait for a place, answer."""
        if not _has_body(environ):
            return self._answer(environ, start)
        with self.queue.stand(environ.get("REMOTE_ADDR", "")) as admitted:
            if not admitted:
                return _busy(start)
            body = self._take_in(environ["wsgi.input"], _length(environ))
        with body:
            environ["wsgi.input"] = body
            return self._answer(environ, start)

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not self.places.acquire(timeout=SECONDS_FOR_A_PLACE):
            return _busy(start)
        try:
            return _whole(self.application(environ, start))
        finally:
            self.places.release()

    def _take_in(self, stream: IO[bytes], length: int | None) -> IO[bytes]:
        """Read the body, but no more than is allowed: the application refuses a longer one."""
        body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        if length is None or length <= self.most:
            # Not every server ends the stream where the body ends.
            left = self.most + 1 if length is None else length
            while left > 0 and (piece := stream.read(min(PIECE, left))):
                body.write(piece)
                left -= len(piece)
            body.seek(0)
        return body


class Queue:
    """Counts who is still sending, in all and by address."""

    def __init__(self, most: int, of_one_address: int) -> None:
        self.most = most
        self.of_one_address = of_one_address
        self._lock = threading.Lock()
        self._senders: Counter[str] = Counter()

    @contextlib.contextmanager
    def stand(self, address: str) -> Iterator[bool]:
        """Hold a place in the queue; False if there is none left."""
        with self._lock:
            full = self._senders.total() >= self.most
            admitted = not full and self._senders[address] < self.of_one_address
            if admitted:
                self._senders[address] += 1
        try:
            yield admitted
        finally:
            if admitted:
                with self._lock:
                    self._senders[address] -= 1
                    self._senders += Counter()  # Forgets addresses that have none.


def _has_body(environ: WSGIEnvironment) -> bool:
    return environ.get("CONTENT_LENGTH", "0") not in {"", "0"} or (
        "HTTP_TRANSFER_ENCODING" in environ
    )


def _length(environ: WSGIEnvironment) -> int | None:
    given = environ.get("CONTENT_LENGTH") or ""
    return int(given) if given.isdecimal() else None


def _whole(answer: Iterable[bytes]) -> Iterable[bytes]:
    """Return an answer as a list, which the server sends without our thread; a file as it is."""
    if isinstance(answer, FileWrapper):
        return answer
    try:
        return [b"".join(answer)]
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()


def _busy(start: StartResponse) -> Iterable[bytes]:
    """Answer that there is no place now."""
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(BUSY))),
        ("Retry-After", "5"),
        ("Cache-Control", "no-store"),
    ]
    start("503 Service Unavailable", headers)
    return [BUSY]
