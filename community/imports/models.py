"""Tables of what came from elsewhere: which import, which old ids."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class Import(Model):
    """A community that moves in or has moved in. One for each kind of source."""

    __tablename__ = "imports"

    source: Mapped[str] = mapped_column(String(30), unique=True)
    # How its files begin, so that the files of another community are not taken for it.
    fingerprints: Mapped[list[str]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(default=now)
    # Empty while things came in that are not counted and searchable yet.
    finished_at: Mapped[datetime | None]


class OldId(Model):
    """What a thing was called before. Written with the thing, so that nothing comes in twice."""

    __tablename__ = "old_ids"
    __table_args__ = (UniqueConstraint("source", "kind", "old_id"),)

    source: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    old_id: Mapped[str] = mapped_column(String(255))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
