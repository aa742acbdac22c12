"""Slow clients against a server on this machine, and whether others still get their answers.

Opens many connections that send their headers, or the body of a form, a few bytes at a time, and
asks for a page in the meantime. Bounded in number and time, and for the loopback address only.

    python -m bench.slow_clients headers 300 --port 8000
    python -m bench.slow_clients body 40 --port 8000
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import socket
import statistics
import threading
import time
from dataclasses import dataclass

HOST = "127.0.0.1"
MOST_CONNECTIONS = 1000
LONGEST_SECONDS = 60
START = {
    "headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n",
    "body": (
        b"POST /form HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8192\r\n\r\nfirst=1"
    ),
}
NEXT = {"headers": b"X-Slow: 1\r\n", "body": b"&next=1"}


@dataclass(frozen=True)
class Outcome:
    """How visitors fared during the attack: shares from 0 to 1, times in milliseconds."""

    probes: int
    answered: float
    p95: float
    still_open: int


def attack(kind: str, connections: int, port: int, seconds: float = 12) -> Outcome:
    """Hold slow connections open and ask for a page ten times a second."""
    if connections > MOST_CONNECTIONS or seconds > LONGEST_SECONDS:
        message = f"At most {MOST_CONNECTIONS} connections and {LONGEST_SECONDS} seconds."
        raise ValueError(message)
    slow = [_open(kind, port) for _ in range(connections)]
    over = threading.Event()
    drip = threading.Thread(target=_drip, args=(kind, slow, over))
    drip.start()
    time.sleep(1)
    times = _probe_until(time.monotonic() + seconds, port)
    over.set()
    drip.join()
    still_open = sum(_is_open(each) for each in slow)
    for each in slow:
        each.close()
    good = [taken for taken in times if taken is not None]
    p95 = statistics.quantiles(good, n=20)[-1] * 1000 if len(good) > 1 else float("nan")
    return Outcome(len(times), len(good) / len(times), p95, still_open)


def _open(kind: str, port: int) -> socket.socket:
    """Begin a request that will not end."""
    connection = socket.create_connection((HOST, port), timeout=2)
    connection.sendall(START[kind])
    return connection


def _drip(kind: str, slow: list[socket.socket], over: threading.Event) -> None:
    """Send each connection a few more bytes every two seconds."""
    while not over.wait(2):
        for connection in slow:
            with contextlib.suppress(OSError):
                connection.sendall(NEXT[kind])


def _probe_until(end: float, port: int) -> list[float | None]:
    """Ask for the page again and again; None for no good answer within two seconds."""
    times: list[float | None] = []
    while time.monotonic() < end:
        started = time.monotonic()
        times.append(_probe(port))
        time.sleep(max(0, 0.1 - (time.monotonic() - started)))
    return times


def _probe(port: int) -> float | None:
    """Ask for the page on a connection of its own; return the seconds it took."""
    started = time.monotonic()
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return time.monotonic() - started if answer.status < 500 else None


def _is_open(connection: socket.socket) -> bool:
    """Tell whether the server still waits for the rest."""
    connection.settimeout(0.01)
    try:
        return bool(connection.recv(65536))
    except TimeoutError:
        return True
    except OSError:
        return False


def main() -> None:
    """Attack as the command line says and print the outcome."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=sorted(START))
    parser.add_argument("connections", type=int)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--seconds", type=float, default=12)
    given = parser.parse_args()
    outcome = attack(given.kind, given.connections, given.port, given.seconds)
    print(
        f"{outcome.answered:.1%} of {outcome.probes} probes answered, p95 {outcome.p95:.1f} ms; "
        f"{outcome.still_open} of {given.connections} slow connections still open"
    )


if __name__ == "__main__":
    main()
