"""Keeping a batch: the things, and the notes that they are here, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db, save, transaction
from community.core.jobs import enqueue
from community.core.policy import unguarded
from community.imports.errors import AnotherCommunity
from community.imports.models import Import
from community.imports.readers import records
from community.imports.writers.arrivals import Arrival
from community.imports.writers.forum import Forum
from community.imports.writers.history import keep_versions
from community.imports.writers.outcomes import keep_closings, keep_duplicates, keep_solutions
from community.imports.writers.people import keep_badges, keep_people
from community.imports.writers.places import keep_tags
from community.imports.writers.questions import keep_questions
from community.imports.writers.replies import keep_answers, keep_comments
from community.imports.writers.votes import keep_votes

Keep = Callable[[Forum, Sequence[Arrival[Any]]], None]
KEEPERS: dict[type, Keep] = {
    records.Tag: keep_tags,
    records.Person: keep_people,
    records.Question: keep_questions,
    records.Answer: keep_answers,
    records.Comment: keep_comments,
    records.Vote: keep_votes,
    records.Solution: keep_solutions,
    records.Badge: keep_badges,
    records.Duplicate: keep_duplicates,
    records.Closing: keep_closings,
    records.Version: keep_versions,
}
BY_COMMAND = "only whoever runs the forum can give the command"


@transaction
@unguarded(BY_COMMAND)
def begin(source: str, fingerprints: Sequence[str]) -> None:
    """Note that a community moves in, or goes on moving in.

    Raises AnotherCommunity if it is not the one that came from this kind of source before.
    """
    known = db.session.scalar(select(Import).where(Import.source == source))
    if known is None:
        save(Import(source=source, fingerprints=list(fingerprints)))
    elif not set(known.fingerprints) & set(fingerprints):
        raise AnotherCommunity(source)


@transaction
@unguarded(BY_COMMAND)
def keep(forum: Forum, arrivals: Sequence[Arrival[Any]]) -> None:
    """Keep the records of a batch that are not here yet, all of them or none."""
    before = forum.report.came.total()
    for kind, group in groupby(arrivals, key=lambda each: type(each.record)):
        KEEPERS[kind](forum, list(group))
    if forum.report.came.total() > before and not forum.rehearsal:
        _import(forum.source).finished_at = None


@transaction
@unguarded(BY_COMMAND)
def finish(source: str) -> None:
    """Note that everything is counted and searchable. The worker finds what is related."""
    _import(source).finished_at = now()
    relate_next(0)


@transaction
@unguarded(BY_COMMAND)
def relate_next(after: int) -> None:
    """Let the worker find related questions, a portion in each job, from the one after this on."""
    enqueue("imports.relate", key="imports.relate", after=after)


def _import(source: str) -> Import:
    return db.session.scalars(select(Import).where(Import.source == source)).one()
