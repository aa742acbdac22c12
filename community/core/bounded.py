"""What a process keeps in memory: so many bytes at most, and of that what was used last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def size(self) -> int:
        """The bytes that it holds in memory, nearly."""


K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class Bounded(Generic[K, V]):
    """Keeps things under their keys, and lets go of what was not used for longest.

    Threads may share it. The last one put in stays, however large it is.
    """

    def __init__(self, most: int) -> None:
        """Keep at most so many bytes."""
        self.most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._bytes = 0

    def get(self, key: K) -> V | None:
        """Return what is kept under a key, if anything is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> None:
        """Keep this under a key, in place of what was there."""
        with self._lock:
            old = self._kept.pop(key, None)
            self._kept[key] = value
            self._bytes += value.size - (old.size if old else 0)
            while self._bytes > self.most and len(self._kept) > 1:
                _key, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.size

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[K]:
        return iter(self._kept)
