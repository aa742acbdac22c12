"""What members do: answer, look at the page that follows, and vote. One after the other."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from community.members.sessions import hashed

MEMBERS = 60
TOKEN = "member-{}-of-the-bench"  # noqa: S105


@dataclass
class Times:
    """Seconds that each thing took."""

    answer: list[float] = field(default_factory=list)
    answer_and_page: list[float] = field(default_factory=list)
    vote: list[float] = field(default_factory=list)


def admit(instance: Path) -> list[int]:
    """Give members of a copy a session and the right to write at any pace; return their ids."""
    with closing(sqlite3.connect(instance / "tertulia.db", isolation_level=None)) as database:
        found = database.execute(
            "SELECT id FROM members WHERE role = 'member' AND staff_title = '' "
            "AND deleted_at IS NULL ORDER BY reputation DESC, id LIMIT ?",
            (MEMBERS,),
        )
        ids = [number for (number,) in found]
        for number in ids:
            database.execute(
                "UPDATE members SET email = ?, email_confirmed_at = datetime('now'), "
                "trust_level = max(trust_level, 2) WHERE id = ?",
                (f"bench-{number}@example.org", number),
            )
            database.execute(
                "INSERT INTO sessions (token_hash, member_id, data, started_at, seen_at, origin, "
                "browser) VALUES (?, ?, ?, datetime('now'), datetime('now'), '', '')",
                (hashed(TOKEN.format(number)), number, f'{{"_user_id": "{number}"}}'),
            )
    return ids


def questions_to_answer(instance: Path) -> list[tuple[str, int, int]]:
    """Return addresses of questions, their numbers, and an answer to vote on for each."""
    with closing(sqlite3.connect(instance / "tertulia.db")) as database:
        rows = database.execute(
            "SELECT q.id, q.slug, max(a.id) FROM posts q JOIN posts a ON a.question_id = q.id "
            "AND a.kind = 'answer' WHERE q.kind = 'question' AND q.state = 'responded' "
            # Nobody votes on their own post.
            "AND a.author_id NOT IN (SELECT member_id FROM sessions WHERE member_id IS NOT NULL) "
            "AND q.id IN (SELECT id FROM posts WHERE kind = 'question' ORDER BY active_at DESC "
            "LIMIT 2000) GROUP BY q.id ORDER BY q.id LIMIT ?",
            (MEMBERS,),
        )
        return [(f"/questions/{number}/{slug}", number, answer) for number, slug, answer in rows]


def answers_to_give(instance: Path) -> list[str]:
    """Return what members once answered elsewhere, each time something else.

    The same words again and again would be held for review, which is another thing to measure.
    """
    with closing(sqlite3.connect(instance / "tertulia.db")) as database:
        rows = database.execute(
            "SELECT DISTINCT body FROM posts WHERE kind = 'answer' AND hidden_at IS NULL "
            "AND deleted_at IS NULL AND length(body) BETWEEN 150 AND 400 "
            "AND body NOT LIKE '%://%' AND body NOT LIKE '%@%' ORDER BY id DESC LIMIT ?",
            (MEMBERS,),
        )
        return [body for (body,) in rows]


def write(instance: Path, members: list[int], port: int) -> Times:
    """Let each member answer a question, read it, and vote there."""
    times = Times()
    places, texts = questions_to_answer(instance), answers_to_give(instance)
    with closing(HTTPConnection("127.0.0.1", port)) as server:
        for member, place, text in zip(members, places, texts, strict=False):
            _one(Visitor(server, member), place, text, times)
    return times


def _one(visitor: Visitor, place: tuple[str, int, int], text: str, times: Times) -> None:
    address, question, answer = place
    page = visitor.get(address)
    token = re.search(r'name="csrf_token"\s+value="([^"]+)"', page)
    keys = re.findall(r'name="submission_key"\s+value="([^"]+)"', page)
    assert token, "A member's page has no token."
    sent = {"csrf_token": token[1], "submission_key": keys[-1] if keys else ""}
    begun = time.perf_counter()
    visitor.post(f"/questions/{question}/answers", sent | {"body": text}, 303)
    times.answer.append(time.perf_counter() - begun)
    visitor.get(address)
    times.answer_and_page.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    vote = {"csrf_token": token[1], "value": "1", "had": "0"}
    visitor.post(f"/answers/{answer}/vote", vote, 200)
    times.vote.append(time.perf_counter() - begun)


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
        if answer.status != status:
            said = re.findall(r'role="alert"[^>]*>(.*?)</', text, re.DOTALL)
            raise SystemExit(f"{method} {address} answered {answer.status}: {said} {text[:300]}")
        return text


def rows(times: Times) -> Iterator[tuple[str, list[float], float | None]]:
    """Yield what is told of each: its name, the times, and the goal of the median in ms."""
    yield "posting an answer", times.answer, 7
    yield "posting an answer, and the page that follows", times.answer_and_page, 12
    yield "voting", times.vote, None
