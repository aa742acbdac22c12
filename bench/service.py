"""The service that is measured: started as in production, its memory watched, stopped again."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from config import ROOT, environment_with

PATIENCE = 120.0
EVERY = 2.0  # seconds between two looks at the memory; looking takes some of the processor
CONTROL = "granian --interface wsgi --http 1 --no-ws --workers 2 --no-log --blocking-threads 64"
WHOLE = "python -m community.boot"


@dataclass
class Memory:
    """Megabytes that all processes of a service hold, what they share counted once (PSS)."""

    first: float
    most: float
    last: float
    processes: int = 0
    of_database: float = 0.0

    def __str__(self) -> str:
        """Say it in a sentence."""
        said = (
            f"Memory of the whole service (process manager, web processes, worker: "
            f"{self.processes} processes; PSS): {self.first:.0f} MB before, {self.most:.0f} MB at "
            f"most, {self.last:.0f} MB afterwards"
        )
        if self.of_database:
            said += f"; the database server beside it: {self.of_database:.0f} MB at most"
        return said


@contextmanager
def control(port: int) -> Iterator[psutil.Process]:
    """Run what the forum is compared with, under the same server."""
    with running(f"{CONTROL} --port {port} bench.control:app", "/", port) as server:
        yield server


@contextmanager
def running(command: str, path: str, port: int, **settings: str) -> Iterator[psutil.Process]:
    """Run a server until the block ends; waits until it answers at a path."""
    words = command.split()
    words[0] = str(Path(sys.executable).with_name(words[0]))
    # A group of its own: Ctrl-C is for the bench, which then ends what it started.
    server = subprocess.Popen(
        words, cwd=ROOT, env=environment_with(**settings), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(server, port, path)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Wait until the server answers; give up if it ends, or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        if _status(port, path) == http.HTTPStatus.OK:
            return
        time.sleep(0.05)
    sys.exit(f"The server does not answer at {path}.")


def _status(port: int, path: str) -> int:
    """Return what it answers; 0 if nothing."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@contextmanager
def watched(service: psutil.Process, database: psutil.Process | None) -> Iterator[Memory]:
    """Note the memory of a service, and of a server of databases beside it, during the block."""
    begun = memory_of(service)
    noted, done = Memory(begun, begun, begun), threading.Event()

    def look() -> None:
        noted.last = memory_of(service)
        noted.most = max(noted.most, noted.last)
        if database:
            noted.of_database = max(noted.of_database, memory_of(database))

    def watch() -> None:
        while not done.wait(EVERY):
            look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield noted
    finally:
        done.set()
        watcher.join()
        look()
        noted.processes = 1 + len(service.children(recursive=True))


def memory_of(server: psutil.Process) -> float:
    """Return the megabytes that a server and its children hold, shared ones counted once."""
    family = [server, *server.children(recursive=True)]
    held = 0
    for each in family:
        with suppress(psutil.Error):  # It has just ended.
            held += each.memory_full_info().pss
    return held / 2**20
