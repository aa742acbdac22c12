"""Old texts made safe and editable, in processes of their own: it is most of the work.

A text that takes too long or too much memory, or breaks what reads it, comes in as it was
written, with every mark shown instead of obeyed.
"""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import FrameType

from community.core.text import RENDER_VERSION, escape, from_html, render
from community.imports.links import Links

SECONDS = 5.0
MEMORY = 1 << 30
PORTION = 100
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text as the old forum had it."""

    text: str
    is_html: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """A text as this forum keeps it: Markdown to edit, HTML to show."""

    source: str
    html: str
    version: int = RENDER_VERSION
    as_typed: bool = False


class Workshop:
    """Processes that make texts ready while others are being stored. A context manager."""

    def __init__(self, links: Links, workers: int) -> None:
        self._links, self._workers = links, workers

    def __enter__(self) -> Workshop:
        self._open()
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, texts: Sequence[Foreign]) -> Callable[[], list[Ready]]:
        """Start on the texts; the function returned waits for them."""
        portions = [texts[at : at + PORTION] for at in range(0, len(texts), PORTION)]
        work = [(portion, self._start(portion)) for portion in portions]
        return lambda: [ready for portion, made in work for ready in self._result(portion, made)]

    def _open(self) -> None:
        # Started afresh rather than forked: nothing of the database goes along.
        self._pool = ProcessPoolExecutor(
            self._workers, get_context("spawn"), _move_in, (os.getpid(),)
        )

    def _start(self, portion: Sequence[Foreign]) -> Future[list[Ready]]:
        try:
            return self._pool.submit(make_ready, portion, self._links)
        except BrokenProcessPool:
            self._open()
            return self._pool.submit(make_ready, portion, self._links)

    def _result(self, portion: Sequence[Foreign], made: Future[list[Ready]]) -> list[Ready]:
        """Return the texts. If one of them killed its process, find it and show it as typed."""
        try:
            return made.result()
        except BrokenProcessPool:
            if len(portion) == 1:
                return [_as_typed(portion[0])]
            return [
                ready for text in portion for ready in self._result([text], self._start([text]))
            ]


def make_ready(texts: Sequence[Foreign], links: Links) -> list[Ready]:
    """Make texts safe and editable, one after the other."""
    return [_ready(text, links) for text in texts]


def _ready(foreign: Foreign, links: Links) -> Ready:
    if not foreign.text.strip():
        return Ready("", "")
    if len(foreign.text) > LONGEST:
        return _as_typed(foreign)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        if foreign.is_html:
            return Ready(*from_html(links.renewed(foreign.text)))
        rendered = render(foreign.text)
        return Ready(foreign.text, rendered.html, rendered.version, rendered.is_fallback)
    except Exception:
        return _as_typed(foreign)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _as_typed(foreign: Foreign) -> Ready:
    text = foreign.text[:LONGEST]
    return Ready(text, f"<pre>{escape(text)}</pre>", as_typed=True)


def _move_in(parent: int) -> None:
    """Prepare a process: bounded, deaf to Ctrl-C, and gone when the import is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _leave_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
