"""What the readers yield: one plain record for each thing that a community is made of.

Ids are those of the old forum, as text. Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why questions get closed, as far as old forums tell."""

    DUPLICATE = "duplicate"
    OFF_TOPIC = "off_topic"
    OUTDATED = "outdated"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote something: a person of the old forum, or only the name of a deleted one."""

    old_id: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the old forum."""

    old_id: str
    name: str
    joined_at: datetime
    last_seen_at: datetime | None = None
    about: str = ""
    location: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag, used or not."""

    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `html` is what the old forum showed, still unsafe."""

    old_id: str
    author: Author
    asked_at: datetime
    title: str
    html: str
    tags: tuple[str, ...] = ()
    edited_at: datetime | None = None
    active_at: datetime | None = None
    closed_at: datetime | None = None
    views: int = 0
    locale: str = ""
    product: str = ""
    topic: str = ""
    me_too: int = 0
    is_spam: bool = False
    is_locked: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `html` is what the old forum showed, still unsafe."""

    old_id: str
    question_id: str
    author: Author
    answered_at: datetime
    html: str
    edited_at: datetime | None = None
    is_spam: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A short remark on a question or an answer, in Markdown."""

    old_id: str
    post_id: str
    author: Author
    written_at: datetime
    text: str
    score: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote, +1 or -1. The files do not say whose it was."""

    old_id: str
    post_id: str
    value: int
    cast_at: datetime
    post_kinds: tuple[str, ...] = ("questions", "answers")


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer that solved a question. `marked_at` is None if the files do not say when."""

    question_id: str
    answer_id: str
    marked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """An honour that a person earned. Rank: 1 gold, 2 silver, 3 bronze."""

    old_id: str
    person_id: str
    name: str
    awarded_at: datetime
    rank: int = 3


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The question asks again what the original asked."""

    question_id: str
    original_id: str
    linked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """Why a question was closed. It counts only if the question still is."""

    question_id: str
    closed_at: datetime
    reason: Reason


@dataclass(frozen=True, slots=True)
class Version:
    """One step in the history of a post: the parts that changed, in their source."""

    old_id: str
    post_id: str
    author: Author
    written_at: datetime
    title: str | None = None
    body: str | None = None
    tags: tuple[str, ...] | None = None
    comment: str = ""


Record = (
    Person | Tag | Question | Answer | Comment | Vote
    | Solution | Badge | Duplicate | Closing | Version
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that does not come in, and why. `kind` if it is of another kind than its step."""

    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that comes in, but not quite as it was, and what is different. Before its record."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that another step of the import takes care of. It is counted there."""


Outcome = Record | Skipped | Changed | Ignored


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one row; `row` counts from 1 and is where a stopped import goes on."""

    row: int
    outcomes: tuple[Outcome, ...] = field(default=())
