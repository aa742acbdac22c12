"""A long-lived child process that answers one request at a time, within a limit or not at all."""

from __future__ import annotations

import atexit
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
HEAD = struct.Struct(">I")
START_LIMIT = 30.0  # seconds; a busy machine may take long to load the libraries
LARGEST_REPLY = 32 << 20  # bytes


class ChildFailed(Exception):
    """The child was too slow, died, or said no."""


class Child:
    """One process of `python -m <module>`, started when first needed and again after a failure.

    Threads wait for each other. A process forked off this one gets a child of its own.
    """

    _lock: threading.Lock
    _socket: socket.socket
    _process: subprocess.Popen[bytes] | None = None

    def __init__(self, module: str, limit: float) -> None:
        self.module, self.limit = module, limit
        self._forget()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.stop)

    def ask(self, request: bytes) -> bytes:
        """Return the child's answer.

        Raises ChildFailed if it takes longer than the limit or ends without an answer; the
        next call then starts a new one.
        """
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                return self._exchange(request, self.limit)
            except OSError as error:  # too late (TimeoutError), or the other end is gone
                self._end()
                raise ChildFailed(type(error).__name__) from error

    def stop(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The number of the running process, None before the first request."""
        return None if self._process is None else self._process.pid

    def _start(self) -> None:
        self._end()
        self._socket, other = socket.socketpair()
        with other:
            # An empty environment: the child has no business with keys and passwords.
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", self.module],
                stdin=other.fileno(), stdout=subprocess.DEVNULL, cwd=ROOT, env={},
            )  # fmt: skip
        try:
            self._exchange(b"", START_LIMIT)  # whatever it answers: it is awake
        except OSError as error:
            self._end()
            raise ChildFailed("The child does not start.") from error

    def _exchange(self, request: bytes, limit: float) -> bytes:
        deadline = time.monotonic() + limit
        self._socket.settimeout(limit)
        self._socket.sendall(HEAD.pack(len(request)) + request)
        (size,) = HEAD.unpack(self._receive(HEAD.size, deadline))
        if size > LARGEST_REPLY:
            raise ConnectionError
        return self._receive(size, deadline)

    def _receive(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            piece = self._socket.recv(min(size - len(received), 1 << 18))
            if not piece:
                raise ConnectionError
            received += piece
        return bytes(received)

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._socket.close()
            self._process = None

    def _forget(self) -> None:
        """Begin without a child. After a fork: leave the parent's child to the parent."""
        if self._process is not None:
            self._socket.close()
        self._lock = threading.Lock()
        self._process = None
