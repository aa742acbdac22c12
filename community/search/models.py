"""Tables of the search: what the index does not know yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.clock import now
from community.core.db import Model


class SearchChange(Model):
    """Something that changed since it was indexed. One row for each key, however often."""

    __tablename__ = "search_changes"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)
