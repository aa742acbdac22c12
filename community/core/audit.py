"""The record of acts of power and of authentication. Rows are written and never changed."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, save

# Where the present request comes from; set by core.web, empty for the worker and commands.
origin: ContextVar[str] = ContextVar("origin", default="")


class Act(Model):
    """Who did what to what, when, from where, and why.

    The actor is a plain number, for the record outlives the account.
    """

    __tablename__ = "acts"

    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), default="", index=True)
    before: Mapped[Any] = mapped_column(JSON, nullable=True)
    after: Mapped[Any] = mapped_column(JSON, nullable=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str] = mapped_column(String(60), default="")


def record(actor_id: int | None, name: str, subject: str = "", **facts: Any) -> None:  # noqa: ANN401
    """Write an act in the present transaction. Facts: before, after, reason."""
    save(Act(actor_id=actor_id, name=name, subject=subject, origin=origin.get(), **facts))
