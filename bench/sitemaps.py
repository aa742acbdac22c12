"""Build the sitemaps of a forum with 1,000,000 questions while visitors read and members write.

    python -m bench.sitemaps [QUESTIONS]

Prints how long the build takes, how much memory it holds at most, and how long pages and writes
take before and during it. The forum is made anew in a temporary folder; only its rows matter, so
they are made by the database itself.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from config import ROOT, environment_with

COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi"]
MOST_MEGABYTES = 200
SECONDS_BEFORE = 10
BODY = "It is full of sand and nothing comes out, though I rinsed it twice with cold water. " * 6
FILL = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :number)
    INSERT INTO posts (
        kind, author_id, body, body_html, render_version, version, score, created_at,
        imported_from, thank_count, title, slug, purpose, lang, product_id, state, active_at,
        views, answer_count, me_too_count, content_changed_at, indexable_since
    )
    SELECT 'question', 1, :body, :body, 1, 1, 0, :moment, '', 0, 'How do I clean filter ' || n,
        'how-do-i-clean-filter-' || n, 'question', 'en', 1, 'solved', :moment, 0, 0, 0, :moment,
        CASE WHEN n % 5 THEN :moment END
    FROM numbers
"""


def main(number: int) -> None:
    """Fill a forum, build its sitemaps, and say what that cost everybody else."""
    with TemporaryDirectory() as folder:
        os.environ.update(INSTANCE_FOLDER=folder, RATE_LIMITS="off", LOG_LEVEL="ERROR")  # noqa: TID251
        _make_forum(Path(folder), number)
        paces = {"read": _Pace(_reading()), "write": _Pace(_writing(Path(folder)))}
        time.sleep(SECONDS_BEFORE)
        for pace in paces.values():
            pace.turn()
        seconds, megabytes = _build()
        for name, pace in paces.items():
            pace.stop()
            print(f"{name:6} before: {_told(pace.before)}  during: {_told(pace.during)}")
        print(f"built in {seconds:.1f} s, at most {megabytes:.0f} MB")
        if megabytes > MOST_MEGABYTES:
            sys.exit(f"More than {MOST_MEGABYTES} MB.")


def _make_forum(folder: Path, number: int) -> None:
    set_up = ["site", "set-up", "--brand", "Acme", "--admin-email", "ada@example.org"]
    set_up += ["--admin-name", "Ada", "--admin-password-stdin"]
    for words in (["db", "upgrade"], set_up):
        subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=environment_with(), input="lamp grinder copper 27\n",
            text=True, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    began = time.monotonic()
    with sqlite3.connect(folder / "tertulia.db") as database:
        moment = "2026-01-02 03:04:05.000000"
        database.execute(FILL, {"number": number, "body": BODY, "moment": moment})
    database.close()
    print(f"{number} questions made in {time.monotonic() - began:.0f} s", flush=True)


def _build() -> tuple[float, float]:
    """Build in a process of its own; return its seconds and the megabytes it held at most."""
    began = time.monotonic()
    child = subprocess.Popen([*COMMAND, "seo", "sitemaps"], cwd=ROOT, env=environment_with())
    _pid, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit("The build failed.")
    return time.monotonic() - began, used.ru_maxrss / 1024


class _Pace:
    """Does something over and over in a thread, and notes how long each time takes."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.before: list[float] = []
        self.during: list[float] = []
        self._act, self._now, self._ends = act, self.before, False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ends:
            began = time.perf_counter()
            self._act()
            self._now.append(time.perf_counter() - began)
            time.sleep(0.02)

    def turn(self) -> None:
        self._now = self.during

    def stop(self) -> None:
        self._ends = True
        self._thread.join()


def _reading() -> Callable[[], None]:
    from wsgi import app  # noqa: PLC0415 - not before the forum is there

    visitor = app.test_client()

    def read() -> None:
        answer = visitor.get("/questions/500/how-do-i-clean-filter-500?page=1")
        if answer.status_code != 200:
            raise RuntimeError(answer.status)

    return read


def _writing(folder: Path) -> Callable[[], None]:
    """Change a text as an edit does, waiting as long as the forum would."""

    def write() -> None:
        database = sqlite3.connect(folder / "tertulia.db", timeout=5)
        with database:
            database.execute("UPDATE posts SET views = views + 1 WHERE id = 700")
        database.close()

    return write


def _told(seconds: list[float]) -> str:
    ranked = sorted(1000 * each for each in seconds)
    last = ranked[int(len(ranked) * 0.99)]
    return (
        f"median {statistics.median(ranked):.1f}, 99% {last:.1f}, most {ranked[-1]:.1f} ms "
        f"({len(ranked)} times)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
