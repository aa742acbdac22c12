"""Tables of the thank-yous."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model

LONGEST_WORDS = 200


class Thank(Model):
    """One member's thanks for one post. The words are for its author alone."""

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("member_id", "post_id"),
        Index(None, "member_id", "said_at"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    # Whose post it was, so that thanks received are counted without the posts.
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    said_at: Mapped[datetime] = mapped_column(default=now)
