"""What was found, ready to show; and what the index has yet to learn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from sqlalchemy import func, select

from community.core import subjects
from community.core.db import db
from community.core.errors import NotFound
from community.core.i18n import _l
from community.core.subjects import Subject
from community.search import analysis, sources
from community.search.engine import Hit, Unusable, engine
from community.search.models import SearchChange
from community.search.query import MOST_TERMS, Query

MOST_PLAIN = 100  # hits of a plain database search


@dataclass(frozen=True)
class Shown:
    """A hit and the content behind it."""

    hit: Hit
    subject: Subject


@dataclass(frozen=True)
class Result:
    """One page of what was found.

    `plainly` tells that the index cannot be used, so that only titles were looked through. The
    rest is as in `engine.Found`.
    """

    shown: Sequence[Shown]
    total: int
    suggestion: str = ""
    loosely: bool = False
    at_least: bool = False
    plainly: bool = False


def found(query: Query, page: int, size: int) -> Result:
    """Return a page of what fits the query. Raises NotFound past the end.

    Two statements for each kind of content among the hits, however many hits there are.
    """
    try:
        answer = engine().find(query, page, size)
    except Unusable:
        return _found_plainly(query, page, size)
    _refuse_past_the_end(answer.total, page, size)
    shown = _with_subjects(answer.hits)
    return Result(shown, answer.total, answer.suggestion, answer.loosely, answer.at_least)


def _found_plainly(query: Query, page: int, size: int) -> Result:
    """Look through titles in the database, without filters, while there is no index."""
    words = _plain_words(query)
    keys = sources.fallback(words, MOST_PLAIN) if words else []
    _refuse_past_the_end(len(keys), page, size)
    wanted = keys[(page - 1) * size : page * size]
    shown = [Shown(Hit(each.key, escape(each.title), ""), each) for each in subjects.load(wanted)]
    return Result(shown, len(keys), plainly=True)


def _plain_words(query: Query) -> list[str]:
    """Return the words as typed, with their accents, but for common ones and those not wanted."""
    wanted = re.sub(r'(?:^|\s)-(?:"[^"]*"?|\S+)|\b\w+:\S+|\[[^\]]*\]', " ", query.typed)
    words = re.findall(r"\w+", wanted)
    telling = [word for word in words if not analysis.is_common(analysis.fold(word))]
    return (telling or words)[:MOST_TERMS]


def _refuse_past_the_end(total: int, page: int, size: int) -> None:
    if page > 1 and (page - 1) * size >= total:
        raise NotFound(_l("There is no such page."))


def _with_subjects(hits: Iterable[Hit]) -> list[Shown]:
    """Join hits with their content, leaving out what was taken away a moment ago."""
    by_key = {hit.key: hit for hit in hits}
    return [Shown(by_key[each.key], each) for each in subjects.load(by_key)]


def pending(most: int) -> Sequence[SearchChange]:
    """Return the oldest changes that are not in the index yet."""
    return db.session.scalars(select(SearchChange).order_by(SearchChange.id).limit(most)).all()


def number_of_pending() -> int:
    """Count the changes that are not in the index yet."""
    return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0
