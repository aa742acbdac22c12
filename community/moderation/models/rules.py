"""The rules of the community, their versions, and who accepted which."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class RuleKey(StrEnum):
    """What a rule of the community is about; measures and flags name it."""

    SPAM = "spam"
    ABUSIVE = "abusive"
    OFF_TOPIC = "off-topic"
    PERSONAL_DATA = "personal-data"
    UNLAWFUL = "unlawful"
    OTHER = "other"


class RulesVersion(Model):
    """The rules as they read from one day on, in both languages. Changes are new versions."""

    __tablename__ = "rules_versions"

    number: Mapped[int] = mapped_column(unique=True)
    body_en: Mapped[str] = mapped_column(Text)
    body_en_html: Mapped[str] = mapped_column(Text)
    body_es: Mapped[str] = mapped_column(Text)
    body_es_html: Mapped[str] = mapped_column(Text)
    # What is new, for those who accepted an earlier version.
    summary_en: Mapped[str] = mapped_column(Text, default="")
    summary_es: Mapped[str] = mapped_column(Text, default="")
    # A material change is shown to members, who are asked to accept it.
    is_material: Mapped[bool] = mapped_column(default=True)
    published_at: Mapped[datetime] = mapped_column(default=now)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))

    def html_in(self, language: str) -> str:
        return self.body_es_html if language == "es" else self.body_en_html

    def summary_in(self, language: str) -> str:
        return self.summary_es if language == "es" else self.summary_en


class Acceptance(Model):
    """A member accepted a version of the rules."""

    __tablename__ = "acceptances"
    __table_args__ = (UniqueConstraint("member_id", "version_number"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    version_number: Mapped[int]
    accepted_at: Mapped[datetime] = mapped_column(default=now)
    # How: at "registration", or "asked" after a change.
    occasion: Mapped[str] = mapped_column(String(20))
