"""Where the sitemaps lie: in the database for all nodes, and on the disk of each that sends them.

A file on the disk carries in its name what it says, so it is never an older one.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, select

from community.core.db import db, save, transaction
from community.core.policy import unguarded
from community.seo.models import SitemapPart

INDEX = "index"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Facts:
    """What is known of a part: when its build began, and of its pages, as SitemapPart says."""

    built_at: datetime
    pages: int = 0
    changed_at: str = ""
    counted: int = 0


def folder() -> Path:
    """Return where this node keeps what it sends; it may be emptied at any time."""
    return Path(current_app.config["INSTANCE_FOLDER"]) / "sitemaps"


def tag(name: str) -> str | None:
    """Return in short what a sitemap says; None if there is none of this name."""
    return db.session.scalar(select(SitemapPart.tag).where(SitemapPart.name == name))


def packed(name: str, tag: str) -> bytes:
    """Return a compressed sitemap: from the disk, or from the database and then onto the disk."""
    path = folder() / f"{name}.{tag}.xml.gz"
    try:
        return path.read_bytes()
    except OSError:
        body = db.session.scalar(select(SitemapPart.body).where(SitemapPart.name == name)) or b""
        if _tag_of(body) == tag:
            _put_on_disk(path, name, body)
        return body


def parts() -> dict[str, SitemapPart]:
    """Return all parts by their names, without what is in them; the index is none."""
    rows = db.session.scalars(select(SitemapPart).where(SitemapPart.name != INDEX))
    return {each.name: each for each in rows.all()}


def built_at() -> datetime | None:
    """Return when the last build began; None if there was none."""
    return db.session.scalar(select(SitemapPart.built_at).where(SitemapPart.name == INDEX))


@transaction
@unguarded("the worker's own bookkeeping")
def keep(name: str, lines: Iterable[str], facts: Facts) -> None:
    """Keep a sitemap; what was there is sent until the new one is whole."""
    body = _packed(lines)
    part = db.session.scalar(select(SitemapPart).where(SitemapPart.name == name))
    part = part or SitemapPart(name=name, tag="")
    if part.tag != _tag_of(body):
        part.tag, part.body = _tag_of(body), body
    part.pages, part.changed_at, part.counted = facts.pages, facts.changed_at, facts.counted
    part.built_at = facts.built_at
    save(part)


@transaction
@unguarded("the worker's own bookkeeping")
def remove(name: str) -> None:
    """Forget a sitemap in which nothing is left."""
    db.session.execute(delete(SitemapPart).where(SitemapPart.name == name))


@transaction
@unguarded("the worker's own bookkeeping")
def sweep(began_at: datetime) -> None:
    """Forget what was not written by a build that wrote everything, nor by a later one."""
    db.session.execute(delete(SitemapPart).where(SitemapPart.built_at < began_at))


def _packed(lines: Iterable[str]) -> bytes:
    """Compress line by line, so that no more than one part is in memory, and that packed."""
    file = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, file, mtime=0) as pack:
        for line in lines:
            pack.write(line.encode())
    return file.getvalue()


def _tag_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:24]


def _put_on_disk(path: Path, name: str, body: bytes) -> None:
    """Keep a file in place of what was sent before. Without room it is only slower."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_bytes(body)
        draft.replace(path)
        for old in path.parent.glob(f"{name}.*"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("Sitemaps cannot be kept on this disk: %s", error)
