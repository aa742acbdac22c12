"""A crowd before a forum: guests and members who read, members who answer and vote."""

from __future__ import annotations

import http.client
import itertools
import json
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 20  # seconds that a visitor waits, on a machine that does much else


@dataclass(frozen=True)
class Visitor:
    """Somebody with a session: what the browser sends along, and what proves a form."""

    id: int
    cookie: str
    token: str


@dataclass
class Crowd:
    """Reads and writes without a pause until told to stop, and notes what came of it."""

    port: int
    paths: list[str]
    writers: list[Visitor]
    voters: list[Visitor]
    questions: list[int]
    answers: list[int]
    reads: list[tuple[float, int]] = field(default_factory=list)
    answered: list[tuple[float, str]] = field(default_factory=list)
    voted: list[tuple[float, int, int]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        work = [*[self._read] * 8, self._answer, self._vote]
        self._threads = [threading.Thread(target=each, daemon=True) for each in work]

    def look_around(self, times: int) -> bool:
        """Read every page several times, so that no node does it for the first time; tell whether
        all of them came.
        """
        pages = self.paths * times
        return all(self._ask("GET", path, self.writers[0])[0] == 200 for path in pages)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(30)

    def _read(self) -> None:
        chance = random.Random(threading.get_ident())
        while not self._over.wait(0.04):
            began = time.monotonic()
            member = chance.choice(self.writers) if chance.random() < 0.1 else None
            status, _headers, _body = self._ask("GET", chance.choice(self.paths), member)
            self.reads.append((began, status))

    def _answer(self) -> None:
        for number in itertools.count():
            if self._over.wait(0.3):
                return
            writer = self.writers[number % len(self.writers)]
            question = self.questions[number % len(self.questions)]
            text = f"It works since I rinsed it for the time number {number}."
            status, headers, _body = self._ask(
                "POST", f"/questions/{question}/answers", writer, {"body": text}
            )
            if status == 303 and "answer" in headers.get("location", ""):
                self.answered.append((time.monotonic(), text))
            else:
                self.refused.append(f"{status} {headers.get('location', '')}")

    def _vote(self) -> None:
        """Vote up, each of the voters once on each of the answers."""
        pairs = [(who, answer) for answer in self.answers for who in self.voters]
        for who, answer in pairs:
            if self._over.wait(0.25):
                return
            status, headers, body = self._ask(
                "POST", f"/answers/{answer}/vote", who, {"value": "1", "had": "0"}
            )
            if status == 200 and json.loads(body)["own"] == 1:
                self.voted.append((time.monotonic(), who.id, answer))
            else:
                self.refused.append(f"{status} {headers.get('location', '')}")

    def _ask(
        self, method: str, path: str, who: Visitor | None, fields: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body; the status is 0 if there was no answer."""
        # Everybody comes from another address, as far as limits are concerned.
        address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"
        headers = {"X-Forwarded-For": address, "Accept-Encoding": "gzip"}
        if who is not None:
            headers["Cookie"] = f"session={who.cookie}"
        body = ""
        if fields is not None and who is not None:
            body = urlencode(fields | {"csrf_token": who.token})
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Accept": "application/json" if path.endswith("vote") else "text/html"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, {}, b""
        finally:
            connection.close()
