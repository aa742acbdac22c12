"""One page that is kept: what is sent of it, and whether it is still right."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from community.core.change_log import Log
from community.core.packing import PLAIN, best_of, packed
from community.core.recordings import Recording

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# "3 minutes ago" is true for so long.
SECONDS_KEPT = 60.0
# Stored by caches, but asked about each time; and never given to somebody with a session.
CACHE_CONTROL = "public, no-cache"
VARY = "Accept-Encoding, Accept-Language, Cookie"
OWN_HEADERS = {"content-length", "cache-control", "vary", "etag", "x-request-id"}
OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"


@dataclass
class Page:
    """A page as it is sent, and what would make it wrong."""

    body: bytes
    headers: list[tuple[str, str]]
    recording: Recording
    since: int
    made_at: float
    tag: str
    # The name of the view, for who counts.
    endpoint: str
    packed: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes that it holds in memory, nearly."""
        return len(self.body) * 2

    def is_right(self, log: Log) -> bool:
        """Tell whether the page still shows what is so."""
        if time.monotonic() - self.made_at > SECONDS_KEPT:
            return False
        if log.is_silent(self.since):
            return True
        return self.recording.is_narrow and log.is_unchanged(self.recording.topics, self.since)


@dataclass
class Answer:
    """Takes in what the application answers."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def start(self, status: str, headers: list[tuple[str, str]], *_rest: object) -> Any:  # noqa: ANN401
        """Take in the head, as a WSGI server does."""
        self.status, self.headers = status, headers

    def take(self, pieces: Iterable[bytes]) -> None:
        """Take in the body."""
        self.body = b"".join(pieces)
        close = getattr(pieces, "close", None)
        if close is not None:
            close()

    @property
    def has_failed(self) -> bool:
        """Tell whether the database, or something else of ours, did not answer."""
        return self.status.startswith("5")

    @property
    def may_be_kept(self) -> bool:
        """Tell whether this is a whole page that is the same for all guests."""
        names = {name.lower() for name, _value in self.headers}
        return self.status == OK and "set-cookie" not in names


def kept_from(answer: Answer, recording: Recording, since: int, endpoint: str) -> Page:
    """Return the page that a view's answer becomes; since is the count of changes before it."""
    kept = [each for each in answer.headers if each[0].lower() not in OWN_HEADERS]
    tag = hashlib.sha256(answer.body).hexdigest()[:20]
    return Page(answer.body, kept, recording, since, time.monotonic(), tag, endpoint)


def send(page: Page, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    """Answer with a page, packed as the browser can take it, or say that it has it already."""
    encoding = best_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{page.tag}-{encoding}"'
    headers = [
        *page.headers,
        ("ETag", tag),
        ("Cache-Control", CACHE_CONTROL),
        ("Vary", VARY),
    ]
    if tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start(NOT_MODIFIED, headers)
        return []
    body = page.packed.get(encoding)
    if body is None:
        body = page.packed[encoding] = packed(page.body, encoding)
    if encoding != PLAIN:
        headers.append(("Content-Encoding", encoding))
    start(OK, [*headers, ("Content-Length", str(len(body)))])
    return [body] if environ["REQUEST_METHOD"] == "GET" else []
