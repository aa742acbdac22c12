"""What members write: they answer, look at the page, and vote; one by one, or eight at once."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import chain, islice
from urllib.parse import urlencode

from bench.members import TOKEN, Thread
from bench.wrk import CONNECTIONS, TIMES, Run, middle_of, run_of

ROUND = 60  # answers and votes of a run
LENGTH = 40  # words of an answer
OF_WORDS = (
    "account address again always archive backup before button calendar change check "
    "close click column contact delete disk display draft empty error every export filter "
    "find folder font forward header hidden import inbox install key language later "
    "letter list local mail menu message minute move name network never often open option "
    "page password print problem profile program reply restart rule save screen search "
    "select send server setting show sign size sort spam start switch tab text theme time "
    "tool trash twice under update version view wait window"
)
NAMES = ("posting an answer", "posting an answer, and the page that follows", "voting")
GOALS = (7.0, 12.0, None)  # milliseconds, while nobody else asks


@dataclass
class Times:
    """Seconds that each thing took, and how often the forum was too busy to do it."""

    answer: list[float] = field(default_factory=list)
    answer_and_page: list[float] = field(default_factory=list)
    vote: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def all(self) -> tuple[list[float], list[float], list[float]]:
        """All three, in the order of NAMES."""
        return self.answer, self.answer_and_page, self.vote


class Writing:
    """Lets members write; each of them answers and votes at a place only once."""

    def __init__(self, port: int, members: list[int], threads: list[Thread]) -> None:
        self.refused = 0
        self._port = port
        # The next place has another member and another thread, so no two of a run are the same.
        self._places = (
            (
                members[number % len(members)],
                threads[(number + number // len(members)) % len(threads)],
            )
            for number in range(len(members) * len(threads))
        )

    def rows(self) -> Iterator[tuple[str, Run, float | None]]:
        """Yield a name, the middle run and the goal of its median, in ms, of each thing."""
        for connections, wish in ((1, "alone"), (CONNECTIONS, f"{CONNECTIONS} at once")):
            self._round(connections)
            runs = [self._round(connections) for _ in range(TIMES)]
            for number, name in enumerate(NAMES):
                goal = GOALS[number] if connections == 1 else None
                yield f"{name}, {wish}", middle_of([run[number] for run in runs]), goal

    def _round(self, connections: int) -> list[Run]:
        """Let members write, over so many connections at the same time.

        The speed is what one connection does, times the connections: each thing has its turn.
        """
        places = list(islice(self._places, ROUND))
        shares = [places[number::connections] for number in range(connections)]
        with ThreadPoolExecutor(connections) as pool:
            parts = list(pool.map(self._write, shares))
        self.refused += sum(part.refused for part in parts)
        taken = (list(chain(*column)) for column in zip(*(part.all for part in parts), strict=True))
        return [run_of(each, sum(each) / connections) for each in taken]

    def _write(self, places: list[tuple[int, Thread]]) -> Times:
        """Let members answer, read and vote, one after the other over one connection."""
        times = Times()
        with closing(HTTPConnection("127.0.0.1", self._port)) as server:
            for member, thread in places:
                try:
                    _one(Visitor(server, member), thread, times)
                except Refused:
                    times.refused += 1
        return times


def _one(visitor: Visitor, thread: Thread, times: Times) -> None:
    page = visitor.get(thread.path)
    token = re.search(r'name="csrf_token"\s+value="([^"]+)"', page)
    keys = re.findall(r'name="submission_key"\s+value="([^"]+)"', page)
    assert token, "A member's page has no token."
    sent = {"csrf_token": token[1], "submission_key": keys[-1] if keys else ""}
    begun = time.perf_counter()
    answered = sent | {"body": _answer(thread.number, visitor.member)}
    visitor.post(f"/questions/{thread.number}/answers", answered, 303)
    times.answer.append(time.perf_counter() - begun)
    visitor.get(thread.path)
    times.answer_and_page.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    vote = {"csrf_token": token[1], "value": "1", "had": "0"}
    visitor.post(f"/answers/{thread.answer}/vote", vote, 200)
    times.vote.append(time.perf_counter() - begun)


def _answer(question: int, member: int) -> str:
    """Return a text of its own for each: one that is said again and again is held for review."""
    chance = random.Random(f"{question} {member}")
    return f"{' '.join(chance.choices(OF_WORDS.split(), k=LENGTH)).capitalize()}."


class Refused(Exception):
    """The forum was too busy, and said so."""


class Visitor:
    """A member with a browser that keeps its connection open."""

    def __init__(self, server: HTTPConnection, member: int) -> None:
        self.member = member
        self._server = server
        self._headers = {"Cookie": f"session={TOKEN.format(member)}"}

    def get(self, address: str) -> str:
        """Return a page."""
        return self._ask("GET", address, 200)

    def post(self, address: str, fields: dict[str, str], status: int) -> str:
        """Send a form; a vote asks for JSON, as its button does."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        wish = {"Accept": "application/json"} if status == 200 else {}
        return self._ask("POST", address, status, urlencode(fields), kind | wish)

    def _ask(
        self,
        method: str,
        address: str,
        status: int,
        body: str | None = None,
        more: dict[str, str] | None = None,
    ) -> str:
        self._server.request(method, address, body, self._headers | (more or {}))
        answer = self._server.getresponse()
        text = answer.read().decode()
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise Refused(address)
        if answer.status != status:
            said = re.findall(r'role="alert"[^>]*>(.*?)</', text, re.DOTALL)
            raise SystemExit(f"{method} {address} answered {answer.status}: {said} {text[:300]}")
        return text
