"""Where uploaded files are kept: a socket, and the folder that fits in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from flask import Flask, current_app

from community.core.errors import NotFound
from community.core.i18n import _l

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_KEY = "files"


class Storage(Protocol):
    """Keeps files by name. A name is 32 hexadecimal digits, a dot and an extension."""

    def save(self, name: str, data: bytes) -> None:
        """Keep the bytes under this name, all of them or nothing."""

    def read(self, name: str) -> bytes:
        """Return the bytes; raises NotFound."""

    def delete(self, name: str) -> None:
        """Forget the file; it is no error if there is none."""

    def exists(self, name: str) -> bool:
        """Say whether there is such a file."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files."""


class LocalStorage:
    """Files in a folder of this machine, spread over 256 subfolders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, name: str, data: bytes) -> None:
        path = self._path(name)
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{uuid4().hex}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(_l("This file does not exist.")) from error

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        return self._path(name).exists()

    def names(self) -> Iterator[str]:
        for path in self.folder.glob("??/*"):
            if _NAME.fullmatch(path.name):
                yield path.name

    def _path(self, name: str) -> Path:
        """Return where a file lies. A name that is not ours leads nowhere, and never outside."""
        if _NAME.fullmatch(name) is None:
            raise NotFound(_l("This file does not exist."))
        return self.folder / name[:2] / name


def init_app(app: Flask) -> None:
    """Choose the storage by the settings."""
    app.extensions[_KEY] = LocalStorage(Path(app.config["UPLOADS_FOLDER"]))


def storage() -> Storage:
    """Return the storage of the running site."""
    chosen: Storage = current_app.extensions[_KEY]
    return chosen
