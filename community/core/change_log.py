"""What one process knows of the changes that the database notes: see core.changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from community.core.change_reader import MOST_ROWS, Place, Sight, told_in
from community.core.changes import EVERYTHING, LOOKED_BACK, REMEMBERED, Topic

# How many topics a process knows the last change of; what it forgets counts as changed.
MOST_TOPICS = 50_000
NEVER = -1  # A count of changes after which everything changed.


class Log:
    """What one process knows of the changes: when, by its own count, a topic changed last."""

    def __init__(
        self,
        read: Callable[[Place], list[Any]],
        pause: float,
        on_everything: Callable[[], None] = lambda: None,
        glance: Callable[[Place], Sight] | None = None,
    ) -> None:
        """Say how changes after a place are read, the seconds between two looks, what is done
        when everything changed, and how to see at a glance how many there are and the highest.
        """
        self._read, self._pause, self._on_everything = read, pause, on_everything
        self._glance = glance
        # What a glance from that place sees if nothing changes: how many, and the highest.
        self._sight: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._looked_at = -REMEMBERED.total_seconds()
        self._place = Place()
        self._seen: set[int] = set()
        self._last: OrderedDict[Topic, int] = OrderedDict()
        # What is older than this is not known any more, and so counts as changed.
        self._known_since = 0
        self.count = 0

    def look(self, *, now: bool = False, is_new: bool = False) -> int:
        """Take in what changed; return the count of this moment. Looks again after the pause.

        is_new: that something is new was seen already, so that there is no need for a glance.
        """
        if now or time.monotonic() - self._looked_at > self._pause:
            with self._lock:
                if now or time.monotonic() - self._looked_at > self._pause:
                    self._take_in(is_new=is_new)
        return self.count

    @property
    def place(self) -> Place:
        """From where a glance shows whether anything changed."""
        return self._place

    def knows(self, place: Place, sight: Sight, asked_at: float | None = None) -> int | None:
        """Return the count of the moment at which this was seen from a place, or None if something
        changed that the sight does not tell, so that a look is needed.

        asked_at: when it was asked, by the monotonic clock; then it counts as a look.
        """
        with self._lock:
            if place != self._place or self._was_away(time.monotonic()):
                return None
            if sight[:2] != self._sight and not self._take_in_told(sight):
                return None
            if asked_at is not None:
                self._looked_at = max(self._looked_at, asked_at)
            return self.count

    def _take_in_told(self, sight: Sight) -> bool:
        """Take in what a glance from our place tells; False, and nothing, if more changed."""
        news = told_in(sight.news) if sight.news else []
        if self._sight is None or not news or sight.many != self._sight[0] + len(news):
            return False
        self._note(topic for _number, topic in news)
        number = max(sight.highest - LOOKED_BACK, 0)
        self._place = Place(number, self._place.transaction, sight.highest)
        seen = self._seen.union(each for each, _topic in news)
        self._seen = {each for each in seen if each > number}
        self._sight = (len(self._seen), sight.highest)
        return True

    def is_unchanged(self, topics: Iterable[Topic], since: int) -> bool:
        """Tell whether none of the topics, nor everything, changed after a count."""
        if since < self._known_since or self._last.get((EVERYTHING, 0), 0) > since:
            return False
        return all(self._last.get(topic, 0) <= since for topic in topics)

    def is_silent(self, since: int) -> bool:
        """Tell whether nothing at all changed after a count."""
        return self.count == since and since >= self._known_since

    def latest(self) -> tuple[int, frozenset[int]]:
        """Return a number, and those of all changes that are known after it."""
        with self._lock:
            # What was stored late has a low number, and counts until something follows it.
            after = min([self._place.number, *(number - 1 for number in self._seen)])
            return after, frozenset(self._seen)

    def forget(self) -> None:
        """Know nothing any more: everything counts as changed."""
        self.count += 1
        self._known_since = self.count
        self._last.clear()
        self._seen.clear()
        self._sight = None

    def _take_in(self, *, is_new: bool) -> None:
        began = time.monotonic()
        was_away = self._was_away(began)
        if not was_away and not is_new and self._is_as_before():
            self._looked_at = began
            return
        rows = self._read(self._place)
        if was_away or self._is_another(rows) or len(rows) >= MOST_ROWS:
            self.forget()
        fresh = [row for row in rows if row.id not in self._seen]
        self._note((row.kind, row.number) for row in fresh)
        self._seen = {row.id for row in rows}
        self._go_on_from(rows)
        self._looked_at = began

    def _is_as_before(self) -> bool:
        return self._glance is not None and self._glance(self._place)[:2] == self._sight

    def _was_away(self, now: float) -> bool:
        """Tell whether the last look was so long ago that changes may be forgotten already."""
        return now - self._looked_at > REMEMBERED.total_seconds() / 2

    def _go_on_from(self, rows: list[Any]) -> None:
        """Remember how far was read, and what a glance from there sees if nothing changes."""
        highest = max(self._seen, default=0)
        # Without a row nothing says what is open, so as before; that is only more to read.
        oldest_open = max((row.open_from for row in rows), default=self._place.transaction)
        self._place = Place(max(highest - LOOKED_BACK, 0), oldest_open, highest)
        in_sight = sum(self._is_after(row) for row in rows)
        self._sight = (in_sight, highest) if len(rows) < MOST_ROWS else None

    def _is_after(self, row: Any) -> bool:  # noqa: ANN401
        """Tell what a Reader tells: whether a change lies after the place, or may be late."""
        number, transaction, _highest = self._place
        return bool(row.id > number or (transaction and row.written_by >= transaction))

    def _is_another(self, rows: list[Any]) -> bool:
        """Tell whether changes that were there are not: a backup was restored, or a replica that
        had not heard of them is the first database now.
        """
        after = self._place.number
        return not {number for number in self._seen if number > after} <= {r.id for r in rows}

    def _note(self, topics: Iterable[Topic]) -> None:
        fresh = list(topics)
        if fresh:
            self.count += 1
        for topic in fresh:
            self._last[topic] = self.count
            self._last.move_to_end(topic)
        if any(kind == EVERYTHING for kind, _number in fresh):
            self._on_everything()
        while len(self._last) > MOST_TOPICS:
            _topic, self._known_since = self._last.popitem(last=False)
