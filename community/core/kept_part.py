"""A part of pages that is kept: what it weighs, and whether it is still right."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from community.core.change_log import Log
from community.core.holes import Holed, HoledPage
from community.core.recordings import Recording

# What a part weighs beside its text; of rows nobody knows, and they weigh more.
FRAME_BYTES, ROWS_BYTES, PLACE_BYTES = 1_000, 50_000, 150


@dataclass(frozen=True)
class Part:
    """Something kept, and what would make it wrong."""

    value: Any
    recording: Recording
    since: int
    ends_at: float

    @property
    def size(self) -> int:
        """The bytes that it holds in memory, nearly."""
        if isinstance(self.value, str):
            return FRAME_BYTES + len(self.value)
        if isinstance(self.value, Holed | HoledPage):
            texts = self.value.texts
            return FRAME_BYTES + sum(map(len, texts)) + PLACE_BYTES * len(texts)
        return int(getattr(self.value, "kept_bytes", ROWS_BYTES))

    def is_right(self, log: Log) -> bool:
        """Tell whether it would come out the same now."""
        if time.monotonic() > self.ends_at:
            return False
        if log.is_silent(self.since):
            return True
        return self.recording.is_narrow and log.is_unchanged(self.recording.topics, self.since)
