"""Where uploaded files are kept: a socket, and the folder that fits in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit
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
        return self.folder / _checked(name)[:2] / name


class BucketStorage:
    """Files in a bucket of an S3-compatible store. Visitors never get its address from us."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._bucket = self._url.path.strip("/")

    def save(self, name: str, data: bytes) -> None:
        self._client.put_object(Bucket=self._bucket, Key=_checked(name), Body=data)

    def read(self, name: str) -> bytes:
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=_checked(name))
        except self._client.exceptions.NoSuchKey as error:
            raise NotFound(_l("This file does not exist.")) from error
        return bytes(found["Body"].read())

    def delete(self, name: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=_checked(name))

    def exists(self, name: str) -> bool:
        listed = self._client.list_objects_v2(Bucket=self._bucket, Prefix=_checked(name), MaxKeys=1)
        return bool(listed["KeyCount"])

    def names(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket)
        for page in pages:
            for each in page.get("Contents", ()):
                if _NAME.fullmatch(each["Key"]):
                    yield each["Key"]

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401
        import boto3  # noqa: PLC0415, takes 0.3 s and 25 MB: only where there is a bucket
        from botocore.config import Config  # noqa: PLC0415

        scheme = "http" if self._url.scheme == "s3+http" else "https"
        port = f":{self._url.port}" if self._url.port else ""
        wanted = dict(parse_qsl(self._url.query))
        return boto3.client(
            "s3",
            endpoint_url=f"{scheme}://{self._url.hostname}{port}",
            aws_access_key_id=unquote(self._url.username or ""),
            aws_secret_access_key=unquote(self._url.password or ""),
            region_name=wanted.get("region", "us-east-1"),
            config=Config(
                connect_timeout=3,
                read_timeout=10,
                retries={"total_max_attempts": 2},
                s3={"addressing_style": "path"},
            ),
        )


def _checked(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise NotFound(_l("This file does not exist."))
    return name


def init_app(app: Flask) -> None:
    """Choose the storage by the settings."""
    bucket = app.config["UPLOADS_URL"]
    folder = Path(app.config["UPLOADS_FOLDER"])
    app.extensions[_KEY] = BucketStorage(bucket) if bucket else LocalStorage(folder)


def storage() -> Storage:
    """Return the storage of the running site."""
    chosen: Storage = current_app.extensions[_KEY]
    return chosen
