"""Moving in: from the rows of the files, through the workshop of texts, into the forum."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from community.badges import rounds
from community.core.text import plain_text
from community.imports import queries
from community.imports.errors import Damaged
from community.imports.progress import Progress
from community.imports.readers import records
from community.imports.readers.records import Changed, Ignored, Record, Skipped, Taken
from community.imports.readers.steps import Source, Step
from community.imports.services import keeping, settling
from community.imports.texts import Foreign, Ready, Workshop
from community.imports.writers.arrivals import Arrival
from community.imports.writers.forum import Forum
from community.reputation import rebuilding
from community.reputation.queries import history
from community.reputation.services import levelling

BATCH = 1000
# Batches whose texts are in the making while an earlier one is being stored.
AHEAD = 3


@dataclass(frozen=True)
class _Batch:
    arrivals: list[Arrival[Any]]
    waiting: list[Arrival[Any]]
    texts: Callable[[], list[Ready]]


def fingerprints(source: Source) -> list[str]:
    """Return how the files begin that tell one community from another."""
    telling = {"members", "questions", "answers", "comments"}
    return sorted(
        {f"{step.kind}: {step.fingerprint()}" for step in source.steps if step.kind in telling}
    )


def move_in(source: Source, forum: Forum, workshop: Workshop, progress: Progress) -> None:
    """Take every step; what is damaged is taken up to the damage. The forum has the report."""
    forum.report.missing = source.missing
    if not forum.rehearsal:
        keeping.begin(source.name, fingerprints(source))
    for step in source.steps:
        try:
            _take(step, forum, workshop, progress)
        except Damaged as damage:
            forum.report.note_damage(damage)


def settle(source: Source, workshop: Workshop) -> None:
    """Work out everything that follows from the rows. Twice is once."""
    _restore_sources(source.name, workshop)
    settling.count_up(source.name)
    settling.complete_history(source.name)
    settling.derive_states(source.name)
    if source.knows_no_join_dates:
        settling.date_members(source.name)
    for ids in history.imported(source.name, BATCH // 2):
        levelling.recognise(ids)
    rebuilding.rebuild()
    # What history deserves comes silently; see badges/rounds.py.
    rounds.run_all()


def _restore_sources(source: str, workshop: Workshop) -> None:
    """Where the history holds what an author typed, and it says the same here, take that."""
    last = 0
    while found := queries.with_other_sources(source, last, BATCH):
        last = found[-1][0]
        texts = workshop.begin([Foreign(typed, is_html=False) for _, _, typed in found])()
        same = {
            id_: text
            for (id_, html, _), text in zip(found, texts, strict=True)
            if not text.as_typed and _words(text.html) == _words(html) and "/imported/" not in html
        }
        settling.restore_sources(same)


def _words(html: str) -> list[str]:
    return plain_text(html).split()


def finish(source: str) -> None:
    """Note that everything is counted and searchable."""
    keeping.finish(source)


def _take(step: Step, forum: Forum, workshop: Workshop, progress: Progress) -> None:
    waiting: deque[_Batch] = deque()
    try:
        for batch in _batches(step, progress):
            waiting.append(_begin(batch, step, forum, workshop))
            if len(waiting) > AHEAD:
                _store(waiting.popleft(), forum)
    except Damaged:
        _store_all(waiting, forum)
        raise
    _store_all(waiting, forum)


def _batches(step: Step, progress: Progress) -> Iterator[list[Taken]]:
    """Yield the rows in batches; the last one before any damage may be a small one."""
    batch: list[Taken] = []
    before = step.file.position = 0
    try:
        for taken in step.read():
            batch.append(taken)
            if len(batch) == BATCH:
                yield batch
                progress.advance(step, before, len(batch))
                before, batch = step.file.position, []
    except Damaged:
        yield batch
        raise
    yield batch
    progress.advance(step, before, len(batch))


def _begin(batch: Sequence[Taken], step: Step, forum: Forum, workshop: Workshop) -> _Batch:
    """Sort out what does not come in, and have the texts of what is new made ready."""
    arrivals: list[Arrival[Any]] = []
    changes: list[str] = []
    for outcome in (outcome for taken in batch for outcome in taken.outcomes):
        match outcome:
            case Skipped():
                forum.report.skipped[outcome.kind or step.kind, outcome.reason] += 1
            case Changed():
                changes.append(outcome.reason)
            case Ignored():
                pass
            case _:
                arrivals.append(Arrival(outcome, _key(outcome), tuple(changes)))
                changes.clear()
    known = forum.known([step.kind], (each.key for each in arrivals))
    texts = [(each, _text(each.record)) for each in arrivals if each.key not in known]
    wanted = [(each, text) for each, text in texts if text is not None]
    return _Batch(arrivals, [each for each, _ in wanted], workshop.begin([t for _, t in wanted]))


def _store(batch: _Batch, forum: Forum) -> None:
    for arrival, ready in zip(batch.waiting, batch.texts(), strict=True):
        arrival.ready = ready
    keeping.keep(forum, batch.arrivals)


def _store_all(waiting: deque[_Batch], forum: Forum) -> None:
    while waiting:
        _store(waiting.popleft(), forum)


def _key(record: Record) -> str:
    """Return the old id of a record; what has none is known by what it joins."""
    match record:
        case records.Tag():
            return record.name
        case records.Solution():
            return record.question_id
        case records.Duplicate():
            return f"{record.question_id}:{record.original_id}"
        case records.Closing():
            return f"{record.question_id}:{record.closed_at.isoformat()}"
    return record.old_id


def _text(record: Record) -> Foreign | None:
    match record:
        case records.Question() | records.Answer():
            return Foreign(record.html)
        case records.Comment():
            return Foreign(record.text, is_html=False)
        case records.Person():
            place = f"<p>{escape(record.location)}</p>" if record.location else ""
            return Foreign(place + record.about)
    return None
