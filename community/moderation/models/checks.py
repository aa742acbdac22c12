"""Checks of what is written before it is public: how they are set, what they hit and remember."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model, words_of


class Mode(StrEnum):
    """What a check does when it hits."""

    NOTE = "note"
    HOLD = "hold"
    REFUSE = "refuse"


class Check(Model):
    """One check as moderators set it, and how often it hit and was wrong."""

    __tablename__ = "checks"

    key: Mapped[str] = mapped_column(String(30), unique=True)
    is_on: Mapped[bool]
    mode: Mapped[Mode] = mapped_column(words_of(Mode))
    # Whom it concerns: members up to this level of trust.
    up_to_level: Mapped[int]
    parameters: Mapped[dict[str, Any]] = mapped_column(JSON)
    hits: Mapped[int] = mapped_column(default=0)
    # Hits after which a moderator approved the post.
    overturned: Mapped[int] = mapped_column(default=0)


class CheckHit(Model):
    """A check hit a text. Of a refused one there is no post."""

    __tablename__ = "check_hits"

    check_key: Mapped[str] = mapped_column(String(30))
    mode: Mapped[Mode] = mapped_column(words_of(Mode))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    # Plain values from which a sentence is made in the reader's language.
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Whether it hit an edit of a post that was public already.
    on_edit: Mapped[bool] = mapped_column(default=False)
    word_id: Mapped[int | None] = mapped_column(ForeignKey("watched_words.id"), index=True)
    hit_at: Mapped[datetime] = mapped_column(default=now, index=True)
    overturned_at: Mapped[datetime | None]


class TextTrace(Model):
    """What a post said, as a hash, so that the same text is known again; for some weeks."""

    __tablename__ = "text_traces"

    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    exact: Mapped[str] = mapped_column(String(32), index=True)
    # Of texts that are nearly the same, one of these four is the same.
    first: Mapped[int] = mapped_column(index=True)
    second: Mapped[int] = mapped_column(index=True)
    third: Mapped[int] = mapped_column(index=True)
    fourth: Mapped[int] = mapped_column(index=True)
    left_at: Mapped[datetime] = mapped_column(default=now)


class HostTrace(Model):
    """A post linked to a site."""

    __tablename__ = "host_traces"
    __table_args__ = (UniqueConstraint("host", "post_id"), Index(None, "host", "left_at"))

    host: Mapped[str] = mapped_column(String(120))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    # Whether it was a newcomer who linked.
    is_newcomer: Mapped[bool]
    left_at: Mapped[datetime] = mapped_column(default=now)


class AddressTrace(Model):
    """A new account wrote from an address; kept as a keyed hash, until its end."""

    __tablename__ = "address_traces"
    __table_args__ = (UniqueConstraint("member_id", "address_key"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    address_key: Mapped[str] = mapped_column(String(32), index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
