"""Stack Exchange's data dumps: what each row of each file means.

Source: "Database schema documentation for the public data dump", meta.stackexchange.com/q/2677.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from community.imports.errors import NothingToImport
from community.imports.readers import records
from community.imports.readers.files import Row, XmlRows, find
from community.imports.readers.history import versions
from community.imports.readers.records import Author, Ignored, Outcome, Skipped
from community.imports.readers.steps import Convert, Source, Step, each
from community.imports.readers.values import dated, moment, tag_names

NAME = "stack-exchange"
QUESTION, ANSWER = "1", "2"
DUPLICATE_LINK = "3"
ACCEPTED, VALUES = "1", {"2": 1, "3": -1}
# Making their texts ready is most of the work.
WEIGHTS = {"questions": 8, "answers": 12, "comments": 20}
OTHER_POSTS = {
    "3": "orphaned tag wiki", "4": "excerpt of a tag wiki", "5": "tag wiki",
    "6": "moderator nomination", "7": "placeholder of a wiki", "8": "privilege wiki",
}  # fmt: skip
OTHER_VOTES = {
    "4": "flag: offensive", "5": "bookmark", "6": "vote to close", "7": "vote to reopen",
    "8": "bounty offered", "9": "bounty given", "10": "vote to delete", "11": "vote to undelete",
    "12": "flag: spam", "15": "moderator review", "16": "approved edit",
}  # fmt: skip


def source(folder: Path, latest: datetime) -> Source:
    """Return the dump in the folder. No date that is read lies after `latest`.

    Raises NothingToImport if none of the files is there.
    """
    steps: list[Step] = []
    missing: list[str] = []
    for file, kinds in _plan(latest).items():
        path = find(folder, file)
        if path is None:
            missing.append(file)
            continue
        rows = XmlRows(path)
        steps += [
            Step(kind, kind, rows, convert, WEIGHTS.get(kind, 1)) for kind, convert in kinds.items()
        ]
    if not steps:
        raise NothingToImport(f"There is no Posts.xml or other file of a dump in {folder}.")
    return Source(NAME, tuple(steps), tuple(missing))


def _plan(latest: datetime) -> dict[str, dict[str, Convert]]:
    """Return which file makes which kinds, those first that others point to."""
    dump = _Dump(latest)
    return {
        "Tags.xml": {"tags": each(_tag)},
        "Users.xml": {"members": each(dump.person)},
        "Posts.xml": {
            "questions": each(dump.question),
            "answers": each(dump.answer),
            "solutions": each(_solution),
        },
        "Comments.xml": {"comments": each(dump.comment)},
        "Votes.xml": {"votes": each(dump.vote)},
        "Badges.xml": {"badges": each(dump.badge)},
        "PostLinks.xml": {"duplicates": each(_link)},
        "PostHistory.xml": {"revisions": versions(latest)},
    }


class _Dump:
    """Reads rows with dates, which must not lie in the future."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest

    def person(self, row: Row) -> Iterator[Outcome]:
        joined_at, changes = dated(row.get("CreationDate"), self._latest)
        yield from changes
        yield records.Person(
            old_id=row["Id"],
            name=row.get("DisplayName", ""),
            joined_at=joined_at,
            last_seen_at=moment(row.get("LastAccessDate")),
            about=row.get("AboutMe", ""),
            location=row.get("Location", ""),
            website=row.get("WebsiteUrl", ""),
        )

    def question(self, row: Row) -> Iterator[Outcome]:
        kind = row["PostTypeId"]
        if kind != QUESTION:
            yield Ignored() if kind == ANSWER else _other(kind, OTHER_POSTS, "other posts")
            return
        asked_at, changes = dated(row.get("CreationDate"), self._latest)
        yield from changes
        yield records.Question(
            old_id=row["Id"],
            author=_author(row, "Owner"),
            asked_at=asked_at,
            edited_at=moment(row.get("LastEditDate")),
            active_at=moment(row.get("LastActivityDate")),
            closed_at=moment(row.get("ClosedDate")),
            title=row["Title"],
            html=row["Body"],
            tags=tag_names(row.get("Tags", "")),
            views=int(row.get("ViewCount") or 0),
        )

    def answer(self, row: Row) -> Iterator[Outcome]:
        if row["PostTypeId"] != ANSWER:
            yield Ignored()
            return
        answered_at, changes = dated(row.get("CreationDate"), self._latest)
        yield from changes
        yield records.Answer(
            old_id=row["Id"],
            question_id=row["ParentId"],
            author=_author(row, "Owner"),
            answered_at=answered_at,
            edited_at=moment(row.get("LastEditDate")),
            html=row["Body"],
        )

    def comment(self, row: Row) -> Iterator[Outcome]:
        written_at, changes = dated(row.get("CreationDate"), self._latest)
        yield from changes
        yield records.Comment(
            old_id=row["Id"],
            post_id=row["PostId"],
            author=_author(row, "User"),
            written_at=written_at,
            text=row["Text"],
            score=int(row.get("Score") or 0),
        )

    def vote(self, row: Row) -> Iterator[Outcome]:
        kind = row["VoteTypeId"]
        if kind == ACCEPTED:
            yield Skipped("accepted: came in as the solution", "other votes")
        elif kind not in VALUES:
            yield _other(kind, OTHER_VOTES, "other votes")
        else:
            cast_at, changes = dated(row.get("CreationDate"), self._latest)
            yield from changes
            yield records.Vote(row["Id"], row["PostId"], VALUES[kind], cast_at)

    def badge(self, row: Row) -> Iterator[Outcome]:
        awarded_at, changes = dated(row.get("Date"), self._latest)
        yield from changes
        rank = int(row.get("Class") or 3)
        yield records.Badge(row["Id"], row["UserId"], row["Name"], awarded_at, rank)


def _tag(row: Row) -> Iterator[Outcome]:
    yield records.Tag(row["TagName"])


def _solution(row: Row) -> Iterator[Outcome]:
    if row["PostTypeId"] == QUESTION and "AcceptedAnswerId" in row:
        yield records.Solution(row["Id"], row["AcceptedAnswerId"])
    else:
        yield Ignored()


def _link(row: Row) -> Iterator[Outcome]:
    if row["LinkTypeId"] != DUPLICATE_LINK:
        yield Skipped("a mere link between questions: it is in the text", "other links")
        return
    linked_at = moment(row.get("CreationDate"))
    yield records.Duplicate(row["PostId"], row["RelatedPostId"], linked_at)


def _other(kind: str, names: dict[str, str], among: str) -> Skipped:
    return Skipped(names.get(kind, f"unknown kind {kind}"), among)


def _author(row: Row, prefix: str) -> Author:
    """Return who wrote the row. The columns of deleted people hold at most a name."""
    return Author(row.get(f"{prefix}Id" if prefix == "User" else f"{prefix}UserId"),
                  row.get(f"{prefix}DisplayName", ""))  # fmt: skip
