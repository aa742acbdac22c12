"""Tables of what members wrote."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, UniqueConstraint, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.core.clock import now
from community.core.db import Model, Word, words_of
from community.core.text import Rendered
from community.members.models import Member

IS_EDIT = literal_column("number > 1", Boolean)


class HiddenAs(StrEnum):
    """Why a post is out of the public eye. Only measures of moderation put it there."""

    HELD = "held"
    HIDDEN = "hidden"
    REMOVED = "removed"


class Post(Model):
    """A text that a member put on the forum. Its kinds (question, answer, comment) lie above."""

    __tablename__ = "posts"
    __table_args__ = (Index(None, "author_id", "kind", "created_at"),)

    kind: Mapped[str] = mapped_column(Word(10))
    author_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    # Where it belongs; a reply lies where its question does. Says whose moderators may act on it.
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    render_version: Mapped[int] = mapped_column(default=0)
    # Counts the texts this post has had; an edit says which one it started from.
    version: Mapped[int] = mapped_column(default=1)
    score: Mapped[int] = mapped_column(default=0)
    # How many members said thank you; kept by `thanks`.
    thank_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    hidden_at: Mapped[datetime | None]
    hidden_as: Mapped[HiddenAs | None] = mapped_column(words_of(HiddenAs))
    # Takes no more answers, comments or edits but by moderators.
    locked_at: Mapped[datetime | None]
    # Comes after all others where posts are ranked.
    demoted_at: Mapped[datetime | None]
    # Until then each member waits so many seconds between two posts below it.
    slow_until: Mapped[datetime | None]
    slow_seconds: Mapped[int | None]
    imported_from: Mapped[str] = mapped_column(String(30), default="")

    # Both are written by their numbers.
    author: Mapped[Member] = relationship(
        lazy="raise_on_sql", foreign_keys=[author_id], viewonly=True
    )
    editor: Mapped[Member | None] = relationship(
        lazy="raise_on_sql", foreign_keys=[editor_id], viewonly=True
    )

    __mapper_args__ = {"polymorphic_on": "kind"}  # noqa: RUF012

    @property
    def is_visible(self) -> bool:
        return self.deleted_at is None and self.hidden_at is None

    @property
    def is_slow(self) -> bool:
        """Whether members have to wait between two posts in the thread below it."""
        return self.slow_until is not None and self.slow_until > now()

    @property
    def headline(self) -> str:
        """What stands above the text; most kinds have none."""
        return ""

    def set_title(self, _title: str) -> None:
        """Set what stands above the text, for the kinds that have it."""

    @property
    def is_held(self) -> bool:
        """Whether it waits for review; its author and the moderators see it."""
        return self.hidden_at is not None and self.hidden_as == HiddenAs.HELD

    @property
    def hangs_on(self) -> tuple[int, ...]:
        """The ids of posts that have to be visible for this one to be seen."""
        return ()

    def set_text(self, body: str, rendered: Rendered) -> None:
        """Set the text and its HTML together, so that they never differ."""
        self.body, self.body_html, self.render_version = body, rendered.html, rendered.version


class Revision(Model):
    """What a post said before and after each edit; the first revision is the post as written."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("post_id", "number"),
        # Of edits alone: the first revision is the post as written.
        Index(None, "editor_id", "created_at", sqlite_where=IS_EDIT, postgresql_where=IS_EDIT),
    )

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    number: Mapped[int]
    editor_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    title: Mapped[str] = mapped_column(String(150), default="")
    tags: Mapped[str] = mapped_column(String(250), default="")
    body: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    editor: Mapped[Member] = relationship(lazy="raise_on_sql")


class Attachment(Model):
    """A picture that a member uploaded; it belongs to the first post that shows it."""

    __tablename__ = "attachments"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    filename: Mapped[str] = mapped_column(String(120), default="")
    alt: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(default=now, index=True)
