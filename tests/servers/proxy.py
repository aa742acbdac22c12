"""A proxy before several web nodes, as deploy/Caddyfile has it: a node that does not live is out.

It asks each node where, how often and how long the Caddyfile says. As there, a GET that got no
answer is tried elsewhere; what a node answers is passed on, whatever it is.
"""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CADDYFILE = (Path(__file__).parents[2] / "deploy" / "Caddyfile").read_text()


def _told(name: str) -> str:
    """Return what the shipped example says."""
    found = re.search(rf"^\s+{name} (\S+)$", CADDYFILE, re.MULTILINE)
    assert found is not None, name
    return found[1]


def _seconds(name: str) -> float:
    return float(_told(name).removesuffix("s"))


HEALTH = _told("health_uri")
SECONDS_BETWEEN_LOOKS = _seconds("health_interval")
SECONDS_OF_A_LOOK = _seconds("health_timeout")
SECONDS_TO_TRY = _seconds("lb_try_duration")
SECONDS_LEFT_ALONE = _seconds("fail_duration")
NOT_PASSED_ON = {"transfer-encoding", "connection", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Passes requests on to the nodes in turn; one that fails is left alone for a while."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, nodes: list[int]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self._nodes, self._turn = nodes, itertools.count()
        self._away: dict[int, float] = {}
        self._ill: set[int] = set()
        self._over = threading.Event()
        for node in nodes:
            threading.Thread(target=self._look_after, args=(node,), daemon=True).start()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def shutdown(self) -> None:
        self._over.set()
        super().shutdown()

    def node(self) -> int | None:
        """Return whose turn it is; None if every node is out."""
        turns = [self._nodes[next(self._turn) % len(self._nodes)] for _ in self._nodes]
        return next((port for port in turns if self._is_in(port)), None)

    def leave_alone(self, port: int) -> None:
        self._away[port] = time.monotonic() + SECONDS_LEFT_ALONE

    def _is_in(self, port: int) -> bool:
        return port not in self._ill and self._away.get(port, 0) < time.monotonic()

    def _look_after(self, port: int) -> None:
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_OF_A_LOOK)
            try:
                connection.request("GET", HEALTH)
                is_well = connection.getresponse().status == HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                is_well = False
            finally:
                connection.close()
            (self._ill.discard if is_well else self._ill.add)(port)


class _Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(*self._ask(b""))

    def do_POST(self) -> None:
        """Send what writes once, unless there was not even a connection."""
        self._answer(*self._ask(self.rfile.read(int(self.headers["Content-Length"]))))

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        end = time.monotonic() + SECONDS_TO_TRY
        while time.monotonic() < end:
            port = self.server.node()
            if port is None:
                time.sleep(0.25)
                continue
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
            try:
                connection.connect()
            except OSError:
                self.server.leave_alone(port)
                continue
            try:
                connection.request(self.command, self.path, body, dict(self.headers))
                answer = connection.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            except (OSError, http.client.HTTPException):
                self.server.leave_alone(port)
                if self.command != "GET":
                    break
            finally:
                connection.close()
        return 502, [], b""

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
