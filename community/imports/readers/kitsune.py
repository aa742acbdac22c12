"""Kitsune, the software of support.mozilla.org, as its questions and answers are exported.

Source: the tables `questions_question` and `questions_answer` in mozilla/kitsune, one CSV each.
Questions come in two files: a few rows were exported with fewer columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from community.imports.errors import NothingToImport
from community.imports.readers import records
from community.imports.readers.files import CsvRows, Row, find
from community.imports.readers.records import Author, Ignored, Outcome
from community.imports.readers.steps import Convert, Source, Step, each
from community.imports.readers.values import dated, moment, tag_names

NAME = "kitsune"
QUESTIONS, SHORT, ANSWERS = "questions.csv", "questions_short_rows.csv", "answers.csv"

# Making their texts ready is most of the work.
WEIGHTS = {"questions": 20, "answers": 20}


def source(folder: Path, latest: datetime) -> Source:
    """Return the export in the folder. No date that is read lies after `latest`.

    Raises NothingToImport if none of the files is there.
    """
    export = _Export(latest)
    files = {name: find(folder, name) for name in (QUESTIONS, SHORT, ANSWERS)}
    rows = {name: CsvRows(path) for name, path in files.items() if path is not None}
    if not rows:
        raise NothingToImport(f"There is no {QUESTIONS} or {ANSWERS} in {folder}.")
    steps = [
        Step(f"{kind} of {name}", kind, rows[name], convert, WEIGHTS.get(kind, 1))
        for kind, name, convert in _plan(export)
        if name in rows
    ]
    missing = tuple(name for name in files if name not in rows)
    return Source(NAME, tuple(steps), missing, knows_no_join_dates=True)


def _plan(export: _Export) -> Iterator[tuple[str, str, Convert]]:
    """Yield kind, file and reader of every step, those first that others point to."""
    for name in (QUESTIONS, SHORT, ANSWERS):
        yield "members", name, each(export.person)
    for name in (QUESTIONS, SHORT):
        yield "questions", name, each(export.question)
    yield "answers", ANSWERS, each(export.answer)
    yield "solutions", QUESTIONS, each(_solution)
    yield "votes", ANSWERS, each(export.votes)


class _Export:
    """Reads rows with dates, which must not lie in the future, and remembers who wrote."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest
        self._met: set[str] = set()

    def person(self, row: Row) -> Iterator[Outcome]:
        """Take everybody once. Their first post is the first that is known of them."""
        name = row["creator"]
        if not name or name in self._met:
            yield Ignored()
            return
        self._met.add(name)
        joined_at, _ = dated(row.get("created"), self._latest)
        yield records.Person(old_id=name, name=name, joined_at=joined_at)

    def question(self, row: Row) -> Iterator[Outcome]:
        asked_at, changes = dated(row.get("created"), self._latest)
        yield from changes
        yield records.Question(
            old_id=row["id"],
            author=Author(row["creator"] or None),
            asked_at=asked_at,
            active_at=moment(row.get("updated")),
            title=row["title"],
            html=row["content"],
            tags=tag_names(row.get("tags", "")),
            locale=row.get("locale", ""),
            product=row.get("product", ""),
            topic=row.get("topic", ""),
            me_too=int(row.get("num_votes") or 0),
            is_spam=row.get("is_spam") == "true",
            is_locked=row.get("is_locked") == "true",
            is_archived=row.get("is_archived") == "true",
        )

    def answer(self, row: Row) -> Iterator[Outcome]:
        answered_at, changes = dated(row.get("created"), self._latest)
        yield from changes
        updated_at = moment(row.get("updated"))
        yield records.Answer(
            old_id=row["id"],
            question_id=row["question_id"],
            author=Author(row["creator"] or None),
            answered_at=answered_at,
            edited_at=updated_at if updated_at != answered_at else None,
            html=row["content"],
            is_spam=row.get("is_spam") == "true",
        )

    def votes(self, row: Row) -> Iterator[Outcome]:
        """Take each "helpful" and "not helpful" as a vote. Only their numbers are exported."""
        cast_at, _ = dated(row.get("created"), self._latest)
        post = row["id"]
        for number in range(int(row.get("num_helpful") or 0)):
            yield records.Vote(f"{post}+{number}", post, 1, cast_at, ("answers",))
        for number in range(int(row.get("num_unhelpful") or 0)):
            yield records.Vote(f"{post}-{number}", post, -1, cast_at, ("answers",))


def _solution(row: Row) -> Iterator[Outcome]:
    if row.get("solution"):
        yield records.Solution(row["id"], row["solution"])
    else:
        yield Ignored()
