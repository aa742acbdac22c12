"""Whose turn it is: of several workers one does what is due by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String, update
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, db, insert_once, transaction, was_inserted
from community.core.policy import unguarded

# Nothing is due more often than each minute; the clocks of two machines may differ somewhat.
BETWEEN = timedelta(seconds=40)


class Turn(Model):
    """When something was last done that is due by the clock."""

    __tablename__ = "turns"

    name: Mapped[str] = mapped_column(String(150), unique=True)
    taken_at: Mapped[datetime]


@transaction
@unguarded("the workers' own bookkeeping")
def is_mine(name: str) -> bool:
    """Tell whether this worker does what is due by the clock; of several, one does."""
    moment = now()
    if was_inserted(insert_once(Turn, name=name, taken_at=moment)):
        return True
    mine = update(Turn).where(Turn.name == name, Turn.taken_at < moment - BETWEEN)
    taken = mine.values(taken_at=moment).returning(Turn.id)
    return db.session.scalar(taken) is not None
