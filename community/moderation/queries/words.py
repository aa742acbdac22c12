"""The watched words, and what a new one would have found."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.text import plain_text
from community.members.models import Actor
from community.moderation.checks.table import WORDS
from community.moderation.models.words import WatchedWord
from community.moderation.queries.in_force import Rules
from community.moderation.watching.changing import as_read, changed
from community.moderation.watching.patterns import Watched, places
from community.posts.models import Post, Revision
from community.posts.places import places_of

LATEST = 1000
MOST_SHOWN = 50
AROUND = 60  # characters
PATIENCE = 2.0  # seconds for all posts together


def every() -> Sequence[WatchedWord]:
    """Return all watched words, in the order of the alphabet."""
    order = (func.lower(WatchedWord.pattern), WatchedWord.id)
    return db.session.scalars(select(WatchedWord).order_by(*order)).all()


def by_id(word_id: int) -> WatchedWord:
    """Return a watched word. Raises NotFound."""
    return existing(db.session.get(WatchedWord, word_id), _l("This word is not on the list."))


def cleaned(actor: Actor, text: str, language: str, rules: Rules) -> str:
    """Return a text as it may be shown: words that are censored or replaced, are so."""
    if actor.is_staff or actor.is_moderator:
        return text
    return changed(text, rules.words, language) if rules.checks[WORDS].is_on else text


@dataclass(frozen=True)
class Catch:
    """A post in which a word stands, with what stands around it."""

    post_id: int
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Trial:
    """What a word would have found. is_whole: there was time to look at all posts."""

    catches: list[Catch]
    posts: int
    looked_at: int
    is_whole: bool


def trial(word: Watched) -> Trial:
    """Look for a word in the last 1,000 posts that are public, for at most two seconds."""
    ends_at = time.monotonic() + PATIENCE
    catches: list[Catch] = []
    looked_at = found = 0
    for post_id, text in _latest_texts(word.language):
        if time.monotonic() > ends_at:
            return Trial(catches, found, looked_at, is_whole=False)
        looked_at += 1
        place = next(places(word, text), None)
        if place is None:
            continue
        found += 1
        if len(catches) < MOST_SHOWN:
            catches.append(_catch(post_id, text, place.start, place.end))
    return Trial(catches, found, looked_at, is_whole=True)


def _latest_texts(language: str) -> Iterator[tuple[int, str]]:
    """Yield the last posts with their titles, as people read them."""
    public = (Post.deleted_at.is_(None), Post.hidden_at.is_(None))
    first = (Revision.post_id == Post.id) & (Revision.number == Post.version)
    latest = select(Post.id, Revision.title, Post.body_html).outerjoin(Revision, first)
    rows = db.session.execute(latest.where(*public).order_by(Post.id.desc()).limit(LATEST)).all()
    known = places_of(post_id for post_id, _title, _html in rows) if language else {}
    for post_id, title, html in rows:
        if language and (post_id not in known or known[post_id].lang != language):
            continue
        yield int(post_id), as_read(f"{title or ''}\n{plain_text(html)}".strip())


def _catch(post_id: int, text: str, start: int, end: int) -> Catch:
    before = text[max(start - AROUND, 0) : start]
    return Catch(post_id, before, text[start:end], text[end : end + AROUND])
