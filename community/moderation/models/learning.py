"""What moderators taught the spam filter, and what it learned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class SpamLesson(Model):
    """A moderator decided whether a post is spam. The text is read from the post when learning."""

    __tablename__ = "spam_lessons"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), unique=True)
    is_spam: Mapped[bool]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)


class SpamModel(Model):
    """What was learned one night, and how it did on the fifth that it had not seen."""

    __tablename__ = "spam_models"

    weights: Mapped[bytes] = mapped_column(LargeBinary)
    threshold: Mapped[float]
    spam_lessons: Mapped[int]
    good_lessons: Mapped[int]
    # Of the held-out fifth: spam caught, spam missed, good posts held, good posts let through.
    caught: Mapped[int]
    missed: Mapped[int]
    wronged: Mapped[int]
    cleared: Mapped[int]
    learned_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def precision(self) -> float | None:
        """Return which share of its warnings was right; None where it gave none."""
        held = self.caught + self.wronged
        return self.caught / held if held else None

    @property
    def recall(self) -> float | None:
        """Return which share of the spam it found; None where there was none."""
        spam = self.caught + self.missed
        return self.caught / spam if spam else None
