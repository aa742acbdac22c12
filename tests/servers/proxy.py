"""A proxy before several web nodes, as nginx or Caddy is: what only reads is tried elsewhere."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS_TO_TRY = 6
SECONDS_LEFT_ALONE = 1
NOT_PASSED_ON = {"transfer-encoding", "connection", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Passes requests on to the nodes in turn; one that fails is left alone for a while."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, nodes: list[int]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self._nodes, self._turn = nodes, itertools.count()
        self._away: dict[int, float] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def node(self) -> int:
        turns = [self._nodes[next(self._turn) % len(self._nodes)] for _ in self._nodes]
        return next(
            (port for port in turns if self._away.get(port, 0) < time.monotonic()), turns[0]
        )

    def leave_alone(self, port: int) -> None:
        self._away[port] = time.monotonic() + SECONDS_LEFT_ALONE


class _Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        end = time.monotonic() + SECONDS_TO_TRY
        while True:
            status, headers, body = self._ask(b"")
            if status < 502 or time.monotonic() > end:
                break
            time.sleep(0.2)
        self._answer(status, headers, body)

    def do_POST(self) -> None:
        """Send what writes once, unless there was not even a connection."""
        self._answer(*self._ask(self.rfile.read(int(self.headers["Content-Length"]))))

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        for _node in range(3):
            port = self.server.node()
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
