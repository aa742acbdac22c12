"""The folder of the sitemaps: compressed files, and a list of what is in them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flask import current_app

_NAME = re.compile(r"index|[a-z]{1,20}-[0-9]{1,6}")


@dataclass(frozen=True)
class Part:
    """One part as the index tells of it; changed_at as it is written there, or empty."""

    pages: int
    changed_at: str = ""


@dataclass
class Contents:
    """What lies in the folder: parts by name, and when the last build began."""

    built_at: str = ""
    parts: dict[str, Part] = field(default_factory=dict)


def folder() -> Path:
    """Return where the sitemaps lie."""
    return Path(current_app.config["INSTANCE_FOLDER"]) / "sitemaps"


def packed(name: str) -> bytes | None:
    """Return a compressed sitemap; None if there is none of this name."""
    path = folder() / f"{name}.xml.gz"
    return path.read_bytes() if _NAME.fullmatch(name) and path.exists() else None


def write(name: str, lines: Iterable[str]) -> None:
    """Write a sitemap line by line; what was there is sent until the new one is whole."""
    path = folder() / f"{name}.xml.gz"
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as pack:
        for line in lines:
            pack.write(line.encode())
    draft.replace(path)


def remove(name: str) -> None:
    """Forget a sitemap in which nothing is left."""
    (folder() / f"{name}.xml.gz").unlink(missing_ok=True)


def contents() -> Contents:
    """Return what lies in the folder; nothing if that cannot be told."""
    try:
        kept = json.loads((folder() / "contents.json").read_text())
        parts = {name: Part(**part) for name, part in kept["parts"].items()}
        return Contents(kept["built_at"], parts)
    except (OSError, ValueError, TypeError, KeyError):
        return Contents()


def note(contents: Contents) -> None:
    """Remember what lies in the folder."""
    draft = folder() / "contents.draft"
    draft.write_text(json.dumps(asdict(contents)))
    draft.replace(folder() / "contents.json")
