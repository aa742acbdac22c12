"""Values as old forums write them: dates and lists of tags."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from community.imports.readers.records import Changed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(text: str | None) -> datetime | None:
    """Read a date of either forum ("2021-04-27T14:55:06.047", "2024-01-01 01:04:34 +0000")."""
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def dated(text: str | None, latest: datetime) -> tuple[datetime, tuple[Changed, ...]]:
    """Return the date to keep, and what had to be changed: none is later than `latest`."""
    read = moment(text)
    if read is None:
        return EPOCH, (Changed("no readable date: dated 1 January 1970"),)
    if read > latest:
        return latest, (Changed("dated in the future: dated today"),)
    return read, ()


def tag_names(text: str) -> tuple[str, ...]:
    """Split "<a><b>", the newer "|a|b|" or "a;b;" into names, each once."""
    return tuple(dict.fromkeys(re.findall(r"[^<>|;\s]+", text)))
