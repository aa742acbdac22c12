"""The edit history in a Stack Exchange dump: rows that belong together become one version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from community.imports.errors import Damaged
from community.imports.readers.files import Row
from community.imports.readers.records import (
    Author,
    Closing,
    Ignored,
    Outcome,
    Reason,
    Skipped,
    Taken,
    Version,
)
from community.imports.readers.steps import Convert, attempt
from community.imports.readers.values import dated, tag_names

TITLES, BODIES, TAGS = {"1", "4", "7"}, {"2", "5", "8"}, {"3", "6", "9"}
CLOSED = "10"
REASONS = {
    "1": Reason.DUPLICATE, "101": Reason.DUPLICATE, "2": Reason.OFF_TOPIC,
    "102": Reason.OFF_TOPIC, "7": Reason.OUTDATED,
}  # fmt: skip
OTHER_HISTORY = {
    "11": "reopened", "12": "deleted", "13": "undeleted", "14": "locked", "15": "unlocked",
    "16": "became a community wiki", "17": "moved here", "18": "merged", "19": "protected",
    "20": "unprotected", "22": "unmerged", "24": "suggested edit applied", "25": "shared",
    "31": "discussion moved to chat", "33": "notice added", "34": "notice removed",
    "35": "moved away", "36": "moved here", "37": "merge source", "38": "merge target",
    "50": "bumped", "52": "chosen as a hot question", "53": "no longer a hot question",
}  # fmt: skip

Numbered = tuple[int, Row]


def versions(latest: datetime) -> Convert:
    """Return the reader of PostHistory.xml."""

    def convert(rows: Iterable[Row]) -> Iterator[Taken]:
        for _, group in groupby(enumerate(rows, start=1), key=_revision):
            numbered: list[Numbered] = []
            try:
                numbered.extend(group)
            except Damaged:
                if numbered:
                    yield _taken(numbered, latest)
                raise
            yield _taken(numbered, latest)

    return convert


def _revision(numbered: Numbered) -> object:
    """Title, body and tags that changed together share one key. All else stands alone."""
    number, row = numbered
    if row.get("PostHistoryTypeId") in TITLES | BODIES | TAGS:
        return row.get("PostId"), row.get("RevisionGUID", number)
    return number


def _taken(numbered: list[Numbered], latest: datetime) -> Taken:
    rows = [row for _, row in numbered]

    def outcomes(first: Row) -> Iterator[Outcome]:
        kind = first["PostHistoryTypeId"]
        if kind in TITLES | BODIES | TAGS:
            yield from (Ignored() for _ in rows[1:])
            yield from _version(rows, latest)
        elif kind == CLOSED:
            reason = REASONS.get(first.get("Comment", ""), Reason.OFF_TOPIC)
            yield Closing(first["PostId"], dated(first.get("CreationDate"), latest)[0], reason)
        else:
            yield Skipped(OTHER_HISTORY.get(kind, f"unknown kind {kind}"), "other history")

    return Taken(numbered[-1][0], attempt(outcomes, rows[0]))


def _version(rows: list[Row], latest: datetime) -> Iterator[Outcome]:
    first = rows[0]
    written_at, changes = dated(first.get("CreationDate"), latest)
    yield from changes
    tags = _part(rows, TAGS)
    yield Version(
        old_id=f"{first['PostId']}:{first.get('RevisionGUID', first['Id'])}",
        post_id=first["PostId"],
        author=Author(first.get("UserId"), first.get("UserDisplayName", "")),
        written_at=written_at,
        title=_part(rows, TITLES),
        body=_part(rows, BODIES),
        tags=None if tags is None else tag_names(tags),
        comment=next((row["Comment"] for row in rows if row.get("Comment")), ""),
    )


def _part(rows: list[Row], kinds: set[str]) -> str | None:
    return next((row.get("Text", "") for row in rows if row["PostHistoryTypeId"] in kinds), None)
