"""The table of threads that became one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class Merge(Model):
    """One thread became a part of another, and what it takes to part them again."""

    __tablename__ = "merges"

    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    # What moved: the numbers of replies, members and questions.
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
