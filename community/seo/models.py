"""What the worker has made for search engines, kept where every node finds it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Model


class SitemapPart(Model):
    """One file of the sitemaps, compressed; the one named "index" leads to the others."""

    __tablename__ = "sitemap_parts"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    # What the file says, in short: its ETag, and part of its name on the disk of a node.
    tag: Mapped[str] = mapped_column(String(24))
    pages: Mapped[int]
    # As it is written in the index, or empty.
    changed_at: Mapped[str] = mapped_column(String(40))
    # How many questions of this part were worth finding, hidden ones too, when it was built.
    counted: Mapped[int]
    # When the build began that wrote it last.
    built_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
