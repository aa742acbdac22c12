"""Counting who reads a question: in memory, and written down a batch at a time.

Reading must not wait for writing, so a page view only counts up a number of this process; a
small thread adds the numbers to the questions after some seconds. What is counted when the
process is killed is lost: a handful of views, and nothing else.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable

SECONDS_BETWEEN_WRITINGS = 15.0
MOST_UNWRITTEN = 100
# The same reader counts once in this time.
SECONDS_REMEMBERED = 30 * 60
MOST_REMEMBERED = 10_000
MACHINES = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python", re.IGNORECASE)
Write = Callable[[dict[int, int]], None]


def is_machine(browser: str) -> bool:
    """Tell whether a program reads, going by what it calls itself. Those are not counted."""
    return not browser or MACHINES.search(browser) is not None


class Readership:
    """The views of one process that are not yet written down."""

    def __init__(self, write: Write, *, in_background: bool = True) -> None:
        """Say how the numbers are written down, and whether that happens by itself."""
        self._write, self._in_background = write, in_background
        self._lock = threading.Lock()
        self._unwritten: Counter[int] = Counter()
        self._seen: OrderedDict[tuple[int, int], float] = OrderedDict()
        self._timer: threading.Timer | None = None

    def note(self, question_id: int, reader: str) -> None:
        """Count one view, unless there is no reader or the same one was here a moment ago."""
        if not reader:
            return
        with self._lock:
            if self._was_here((question_id, hash(reader))):
                return
            self._unwritten[question_id] += 1
            self._arrange()

    def _was_here(self, visit: tuple[int, int]) -> bool:
        at = time.monotonic()
        last = self._seen.pop(visit, None)
        self._seen[visit] = at if last is None else last
        while len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)
        if last is not None and at - last < SECONDS_REMEMBERED:
            return True
        self._seen[visit] = at
        return False

    def _arrange(self) -> None:
        """See to it that the numbers are written soon; at once if there are many."""
        if not self._in_background:
            return
        many = self._unwritten.total() >= MOST_UNWRITTEN
        if self._timer is None or many:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(0 if many else SECONDS_BETWEEN_WRITINGS, self.write)
            self._timer.daemon = True
            self._timer.start()

    def take(self) -> dict[int, int]:
        """Return what is not written yet, and count from nothing again."""
        with self._lock:
            views, self._unwritten = dict(self._unwritten), Counter()
            self._timer = None
        return views

    def wait(self) -> None:
        """Wait until what is due has been written."""
        timer = self._timer
        if timer is not None:
            timer.join()

    def write(self) -> None:
        """Write down what was counted; if that fails, keep it for the next time."""
        views = self.take()
        if not views:
            return
        try:
            self._write(views)
        except Exception:
            with self._lock:
                self._unwritten.update(views)
            raise
