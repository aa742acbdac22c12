"""How each kind of setting is read from text, and what is said when it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

# What a dataclass field carries as its metadata: {"check": function of name and given text}.
Check = Mapping[str, Callable[[str, str], Any]]


class WrongSetting(Exception):
    """A setting cannot be used as it is. The message is one sentence for a person."""

    def __init__(self, name: str, given: str, allowed: str) -> None:
        super().__init__(f"{name} is {given!r}, but must be {allowed}. See docs/settings.md.")


def text(least: int = 1) -> Check:
    """Allow any text of at least so many characters; a short one is not repeated on the screen."""

    def check(name: str, given: str) -> str:
        if len(given) < least:
            raise WrongSetting(name, f"{len(given)} characters", f"at least {least} characters")
        return given

    return {"check": check}


def whole_number(least: int, most: int) -> Check:
    """Allow a whole number between two others, both included."""

    def check(name: str, given: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", given) or not least <= int(given) <= most:
            raise WrongSetting(name, given, f"a whole number from {least} to {most}")
        return int(given)

    return {"check": check}


def one_of(*allowed: str) -> Check:
    """Allow one of some words, in capitals or not."""

    def check(name: str, given: str) -> str:
        for word in allowed:
            if word.lower() == given.lower():
                return word
        raise WrongSetting(name, given, " or ".join(allowed))

    return {"check": check}


def switch() -> Check:
    """Allow on or off."""

    def check(name: str, given: str) -> bool:
        if given.lower() not in {"on", "off"}:
            raise WrongSetting(name, given, "on or off")
        return given.lower() == "on"

    return {"check": check}


def folder(root: Path) -> Check:
    """Allow a path; one that is not absolute starts where the forum is installed."""

    def check(name: str, given: str) -> Path:
        if "\0" in given:
            raise WrongSetting(name, given, "a path")
        return (root / Path(given).expanduser()).resolve()

    return {"check": check}


def address() -> Check:
    """Allow the address of a whole site, without a path."""

    def check(name: str, given: str) -> str:
        url = _split(given)
        plain = url.scheme in {"http", "https"} and url.hostname and not url.username
        if not plain or url.path not in {"", "/"} or url.query or url.fragment:
            raise WrongSetting(
                name, given, "an address such as https://forum.example.org, without a path"
            )
        return given.rstrip("/")

    return {"check": check}


def store() -> Check:
    """Allow the address of a bucket: s3://key:secret@host/bucket, or s3+http:// for no TLS."""

    def check(name: str, given: str) -> str:
        url = _split(given)
        known = url.scheme in {"s3", "s3+http"} and url.hostname and url.password
        if not known or not re.fullmatch(r"/[a-z0-9.-]{3,63}/?", url.path):
            allowed = "an address such as s3://key:secret@s3.example.org/bucket?region=eu-west-1"
            raise WrongSetting(name, _hidden(given), allowed)
        return given

    return {"check": check}


def own_address() -> Check:
    """Allow an address of this machine to listen on."""

    def check(name: str, given: str) -> str:
        try:
            return str(ip_address("127.0.0.1" if given == "localhost" else given))
        except ValueError:
            allowed = "an IP address of this machine, such as 127.0.0.1 or 0.0.0.0"
            raise WrongSetting(name, given, allowed) from None

    return {"check": check}


def database(root: Path) -> Check:
    """Allow an SQLite file, which may start where the forum is installed, or PostgreSQL."""

    def check(name: str, given: str) -> str:
        if given.startswith(("postgresql://", "postgresql+psycopg://")):
            return _postgresql(name, given)
        prefix, _, path = given.partition(":///")
        if prefix != "sqlite" or not path or "?" in path or "\0" in path:
            allowed = (
                "sqlite:/// followed by the path of a file, "
                "or postgresql+psycopg://user:password@host/database"
            )
            raise WrongSetting(name, _hidden(given), allowed)
        return f"sqlite:///{(root / Path(path).expanduser()).resolve()}"

    return {"check": check}


def replica() -> Check:
    """Allow PostgreSQL, which alone has replicas."""
    return {"check": _postgresql}


def _postgresql(name: str, given: str) -> str:
    """Return the address with the driver that the forum has; others are not installed."""
    url = _split(given)
    known = url.scheme in {"postgresql", "postgresql+psycopg"}
    if not known or len(url.path) < 2:
        allowed = "an address such as postgresql+psycopg://user:password@host/database"
        raise WrongSetting(name, _hidden(given), allowed)
    return f"postgresql+psycopg{given.removeprefix(url.scheme)}"


def redis() -> Check:
    """Allow the address of a Redis server."""

    def check(name: str, given: str) -> str:
        url = _split(given)
        if url.scheme not in {"redis", "rediss", "unix"}:
            raise WrongSetting(name, _hidden(given), "an address such as redis://localhost:6379/0")
        if find_spec("redis") is None:
            needed = "empty until its package is there (.venv/bin/pip install redis)"
            raise WrongSetting(name, _hidden(given), needed)
        return given

    return {"check": check}


def mail_server() -> Check:
    """Allow the word folder, or the address of a mail server."""

    def check(name: str, given: str) -> str:
        url = _split(given)
        known = url.scheme in {"smtp", "smtps"} and url.hostname
        if given != "folder" and not known:
            raise WrongSetting(
                name, _hidden(given), "folder or smtp://user:password@mail.example.org:587"
            )
        return given

    return {"check": check}


def mailbox() -> Check:
    """Allow one e-mail address, with or without a name before it."""

    def check(name: str, given: str) -> str:
        if not re.fullmatch(r"(?:[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)", given):
            raise WrongSetting(
                name, given, "an e-mail address such as Acme Forum <forum@example.org>"
            )
        return given

    return {"check": check}


def _split(given: str) -> SplitResult:
    """Return the parts of an address; of one without sense, empty parts."""
    try:
        url = urlsplit(given)
        _ = url.port  # Raises for a port that is no number.
    except ValueError:
        return urlsplit("")
    return urlsplit("") if re.search(r"\s", given) else url


def _hidden(given: str) -> str:
    """Return an address without its password, fit for a screen and a log."""
    return re.sub(r":[^:/@]*@", ":…@", given)


def sentry() -> Check:
    """Allow what Sentry calls a DSN; it is not repeated on the screen."""

    def check(name: str, given: str) -> str:
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not (parts.username and parts.hostname):
            raise WrongSetting(name, "set", "an address such as https://key@sentry.example.org/1")
        return given

    return {"check": check}
