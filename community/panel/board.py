"""What hangs on the board now: banners and prepared replies, kept by each process.

A word in the settings changes with every change of the tables. Settings are remembered anyway, so
a page costs no statement more; other processes follow as quickly as with any setting.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import select

from community.core.clock import now
from community.core.db import db
from community.core.i18n import current_language
from community.core.settings import Setting
from community.members.models import Actor
from community.panel.models import Audience, Banner, CannedReply

T = TypeVar("T")
MOST_REPLIES = 500


class Kept(Generic[T]):
    """Rows that are read again only when the word in the settings is another one."""

    def __init__(self, name: str, read: Callable[[], T], nothing: T) -> None:
        self._word = Setting(name, "", "Changes with what hangs on the board.", for_people=False)
        self._read, self._nothing = read, nothing
        self._kept: tuple[str, T] = ("", nothing)

    def get(self) -> T:
        """Return what is there now; without any word, nothing ever was."""
        word = self._word.get()
        if not word:
            return self._nothing
        if self._kept[0] != word:
            self._kept = (word, self._read())
        return self._kept[1]

    def change(self) -> None:
        """Let every process read again, after the present transaction."""
        self._word.put(secrets.token_hex(8))


@dataclass(frozen=True)
class Notice:
    """A banner, free of the database."""

    id: int
    words: str
    link: str
    link_words: str
    tone: str
    audience: Audience
    product_id: int | None
    language: str
    starts_at: datetime
    ends_at: datetime | None
    is_dismissible: bool

    def is_for(self, viewer: Actor) -> bool:
        """Say whether the viewer is among those whom it is for, and has not put it away."""
        if self.id in (viewer.dismissed_banners or ()):
            return False
        fits: dict[Audience, bool] = {
            Audience.ALL: True,
            Audience.GUESTS: not viewer.is_authenticated,
            Audience.MEMBERS: viewer.is_authenticated,
            Audience.STAFF: viewer.is_staff or viewer.moderates_something,
        }
        return fits[self.audience]


def _banners() -> tuple[Notice, ...]:
    unended = Banner.ends_at.is_(None) | (Banner.ends_at > now())
    rows = db.session.scalars(select(Banner).where(unended).order_by(Banner.id.desc()))
    names = Notice.__dataclass_fields__
    return tuple(Notice(**{name: getattr(row, name) for name in names}) for row in rows)


@dataclass(frozen=True)
class Prepared:
    """A reply to choose, free of the database."""

    id: int
    title: str
    language: str


def _replies() -> tuple[Prepared, ...]:
    rows = db.session.execute(
        select(CannedReply.id, CannedReply.title, CannedReply.language)
        .where(CannedReply.retired_at.is_(None))
        .order_by(CannedReply.title, CannedReply.id)
        .limit(MOST_REPLIES)
    )
    return tuple(Prepared(*row) for row in rows)


BANNERS: Kept[tuple[Notice, ...]] = Kept("banners_word", _banners, ())
REPLIES: Kept[tuple[Prepared, ...]] = Kept("canned_replies_word", _replies, ())


def banners_for(viewer: Actor, product_id: int | None) -> list[Notice]:
    """Return the banners on a page of this product, or of none, as the viewer gets it."""
    moment, language = now(), current_language()
    return [
        each
        for each in BANNERS.get()
        if each.starts_at <= moment
        and (each.ends_at is None or each.ends_at > moment)
        and each.product_id in {None, product_id}
        and each.language in {"", language}
        and each.is_for(viewer)
    ]
