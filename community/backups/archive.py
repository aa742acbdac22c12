"""The file of a backup: a zip with one member for each table and upload, and a manifest.

manifest.json    what is in it: the state of the migrations, columns and numbers of rows, sha256
tables/posts.jsonl    one row a line
uploads/0a…f.png      one file each
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from community.backups.errors import BackupError

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1024 * 1024  # bytes


class Archive:
    """A backup being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.members: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Write one member piece by piece, and note its sha256."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest = hashlib.sha256()
        with self._file.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        self.members[name] = digest.hexdigest()


@contextmanager
def written(path: Path) -> Iterator[tuple[Archive, dict[str, Any]]]:
    """Give an archive and its manifest to fill; only a whole one gets its name."""
    draft = path.with_name(f"{path.name}.part")
    manifest: dict[str, Any] = {"format": FORMAT}
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w") as archive:
                made = Archive(archive)
                yield made, manifest
                manifest["members"] = made.members
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


class Reading:
    """A backup being read, after every byte of it was checked."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.manifest: dict[str, Any] = json.loads(file.read(MANIFEST))
        if self.manifest.get("format") != FORMAT:
            raise BackupError("This backup was made by another version of the forum.")
        for name, known in self.manifest["members"].items():
            if _digest(file, name) != known:
                raise BackupError(f"The backup is damaged: {name} is not what was written.")

    def open(self, name: str) -> IO[bytes]:
        """Open one member."""
        return self._file.open(name)

    def uploads(self) -> Iterator[str]:
        """Yield the names of the uploaded files."""
        for name in self.manifest["members"]:
            if name.startswith("uploads/"):
                yield name.removeprefix("uploads/")


@contextmanager
def checked(path: Path) -> Iterator[Reading]:
    """Open a backup. Raises BackupError if it is none, or damaged."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Reading(file)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, FileNotFoundError) as error:
        raise BackupError(f"{path} is no backup, or it is damaged ({error}).") from error


def _digest(file: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with file.open(name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
