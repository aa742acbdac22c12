"""Watched words, as moderators keep them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, words_of
from community.moderation.watching.patterns import LONGEST, Watched, WordAct


class WatchedWord(Model):
    """A word, a phrase or a regular expression that is watched for, and what it does."""

    __tablename__ = "watched_words"
    __table_args__ = (UniqueConstraint("pattern", "is_regex", "language"),)

    pattern: Mapped[str] = mapped_column(String(LONGEST))
    act: Mapped[WordAct] = mapped_column(words_of(WordAct))
    # Empty for every language.
    language: Mapped[str] = mapped_column(String(5), default="")
    is_regex: Mapped[bool] = mapped_column(default=False)
    is_part: Mapped[bool] = mapped_column(default=False)
    # The text that replaces it, or the tag.
    instead: Mapped[str] = mapped_column(String(200), default="")
    hits: Mapped[int] = mapped_column(default=0)
    overturned: Mapped[int] = mapped_column(default=0)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def watched(self) -> Watched:
        """Return it as the finder takes it."""
        return Watched(
            id=self.id,
            pattern=self.pattern,
            act=self.act,
            language=self.language,
            is_regex=self.is_regex,
            is_part=self.is_part,
            instead=self.instead,
        )
