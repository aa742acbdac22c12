"""Measure how many visitors the forum serves at once, beside a bare Flask under the same server.

    python -m bench.crowd [FOLDER]    a forum that is there already, by default instance/bench

Web servers run as they do in the forum; wrk asks from another process over the loopback with eight
connections. After a warm-up each case runs three times, and the middle one counts. What is said of
a case is its ratio to the control in the same run: absolute figures tell of the machine. Needs wrk.
All of it happens to a copy of the forum, without the worker; what is written goes over one
connection.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import psutil

from bench import writing
from bench.__main__ import machine
from bench.asking import Searches
from community.members.recognition import hashed
from config import ROOT, environment_with

CONNECTIONS, SECONDS, TIMES = 8, 4, 3
PORT = 8148
TOKEN = "a-member-of-the-bench"  # noqa: S105
GRANIAN = "--interface wsgi --http 1 --no-ws --workers 2 --no-log --blocking-threads 64 --port"


@dataclass(frozen=True)
class Case:
    """Something to ask for, as whom, and the least ratio to which control."""

    name: str
    path: str
    as_member: bool = False
    control: str = ""
    goal: float | None = None
    # Instead of one path: a way to get a script of many for each run, and the least a second.
    script: Callable[[], Path] | None = None
    least: float | None = None


CONTROLS = (
    Case("bare Flask, 20 KB", "/"),
    Case("Flask, 20 posts from memory", "/posts"),
)


def main() -> int:
    """Print the table; return 1 if a goal is missed."""
    instance = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "instance" / "bench").resolve()
    if shutil.which("wrk") is None:
        print("SKIP: there is no wrk here: apt-get install wrk")
        return 0
    print(machine())
    print(f"{CONNECTIONS} connections, {SECONDS} s, the middle of {TIMES}\n")
    print("| request | requests/s | p50 ms | p99 ms | ratio | goal |\n|---|---|---|---|---|---|")
    speeds: dict[str, float] = {}
    with running(f"granian {GRANIAN} {PORT} bench.control:app", "/"):
        for case in CONTROLS:
            speeds[case.name] = report(case, speeds)
    with TemporaryDirectory(prefix="tertulia-bench-") as folder:
        return measure(copied(instance, Path(folder)), speeds)


def copied(instance: Path, folder: Path) -> Path:
    """Return a copy of the forum, brought to today's tables."""
    copy = folder / "forum"
    shutil.copytree(instance, copy)
    settings = {"INSTANCE_FOLDER": str(copy), "DATABASE_URL": ""}
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(words, cwd=ROOT, env=environment_with(**settings), check=True)
    return copy


def measure(copy: Path, speeds: dict[str, float]) -> int:
    """Print what the forum does; return 1 if a goal is missed."""
    members = writing.admit(copy)
    paths, searches = addresses(copy), Searches(copy, copy.parent)
    settings = {"INSTANCE_FOLDER": str(copy), "PORT": str(PORT), "RATE_LIMITS": "off"}
    settings |= {"DATABASE_URL": ""}
    with running("python -m community.boot.server", "/healthz", **settings) as service:
        at_rest = memory_of(service)
        with watched(service) as peak:
            met = [report(case, speeds) > 0 for case in cases(paths, searches)]
            met += [tell(*row) for row in writing.rows(writing.write(copy, members, PORT))]
        print(f"\nMemory of the web processes (PSS): {at_rest:.0f} MB before, ", end="")
        print(f"{max(peak):.0f} MB at most, {memory_of(service):.0f} MB afterwards")
    return 0 if all(met) else 1


def tell(name: str, taken: list[float], goal: float | None) -> bool:
    """Print a row about writing; tell whether the goal of its median is met."""
    cuts = [cut * 1000 for cut in quantiles(taken, n=100)]
    wished = f"p50 ≤ {goal:.0f} ms" if goal else ""
    speed = len(taken) / sum(taken)
    print(f"| {name} | {speed:,.0f} | {cuts[49]:.2f} | {cuts[98]:.2f} | | {wished} |", flush=True)
    return goal is None or cuts[49] <= goal


def cases(paths: dict[str, str], searches: Searches) -> Iterator[Case]:
    """Yield what visitors ask for."""
    bare, posts = (control.name for control in CONTROLS)
    yield Case("question, guest", paths["question"], control=bare, goal=0.6)
    yield Case("list, guest", "/questions", control=bare, goal=0.6)
    yield Case("home, guest", "/", control=bare, goal=0.6)
    yield Case("question, member", paths["question"], as_member=True, control=posts, goal=0.2)
    yield Case("list, member", "/questions", as_member=True, control=posts, goal=0.25)
    yield Case("similar questions", "", script=searches.similar, least=300)
    yield Case("search, each another", "", script=searches.different, least=300)
    yield Case("search, some again (Zipf)", "", script=searches.repeated, least=300)


def report(case: Case, speeds: dict[str, float]) -> float:
    """Measure a case and print its row. Returns requests a second; 0 if its goal is missed."""
    asked(case)
    runs = sorted((asked(case) for _ in range(TIMES)), key=lambda run: run[0])
    speed, p50, p99 = runs[len(runs) // 2]
    ratio = speed / speeds[case.control] if case.control else None
    told = [f"{speed:,.0f}", f"{p50:.2f}", f"{p99:.2f}"]
    wished = f"≥ {case.goal or case.least}" if case.goal or case.least else ""
    told += [f"{ratio:.2f}" if ratio else "", wished]
    print(f"| {case.name} | {' | '.join(told)} |", flush=True)
    missed = ratio and case.goal and ratio < case.goal
    return 0.0 if missed or speed < (case.least or 0) else speed


def asked(case: Case) -> tuple[float, float, float]:
    """Let wrk ask for some seconds; return requests a second, and p50 and p99 in milliseconds."""
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    words += ["-H", f"Cookie: session={TOKEN}"] if case.as_member else []
    words += ["-s", str(case.script())] if case.script else []
    words.append(f"http://127.0.0.1:{PORT}{case.path}")
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        sys.exit(f"{case.path}: {told}")
    speed = re.search(r"Requests/sec:\s+([\d.]+)", told)
    times = [re.search(rf"{part}%\s+([\d.]+)(us|ms|s)", told) for part in (50, 99)]
    assert speed
    return float(speed[1]), *(milliseconds(found) for found in times)


def milliseconds(found: re.Match[str] | None) -> float:
    """Return what wrk says, such as 12.3us, in milliseconds."""
    assert found
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000}[found[2]]


@contextmanager
def running(command: str, path: str, **settings: str) -> Iterator[psutil.Process]:
    """Run a server until the block ends; waits until it answers."""
    words = command.split()
    words[0] = str(Path(sys.executable).with_name(words[0]))
    server = subprocess.Popen(
        words, cwd=ROOT, env=environment_with(**settings), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(path)
        yield psutil.Process(server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def wait_for(path: str) -> None:
    """Wait until the server takes connections."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"The server does not answer at {path}.")


def addresses(copy: Path) -> dict[str, str]:
    """Give a member a session in the copy; return the addresses to ask for."""
    with closing(sqlite3.connect(copy / "tertulia.db", isolation_level=None)) as database:
        (number, slug), *_ = database.execute(
            "SELECT id, slug FROM posts WHERE kind = 'question' AND answer_count >= 19 "
            "ORDER BY answer_count, id LIMIT 1"
        ).fetchall()
        ((member,),) = database.execute(
            "SELECT id FROM members WHERE role = 'member' AND staff_title = '' "
            "AND deleted_at IS NULL AND id NOT IN "
            "(SELECT author_id FROM posts WHERE question_id = ? OR id = ?) LIMIT 1",
            (number, number),
        )
        database.execute(
            "INSERT INTO sessions (token_hash, member_id, data, started_at, seen_at, origin, "
            "browser) VALUES (?, ?, ?, datetime('now'), datetime('now'), '', '')",
            (hashed(TOKEN), member, f'{{"_user_id": "{member}", "_fresh": true}}'),
        )
    return {"question": f"/questions/{number}/{slug}"}


@contextmanager
def watched(service: psutil.Process) -> Iterator[list[float]]:
    """Note the memory of the service every two seconds while the block runs."""
    noted, done = [memory_of(service)], threading.Event()

    def watch() -> None:
        while not done.wait(2):
            noted.append(memory_of(service))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield noted
    finally:
        done.set()
        watcher.join()
        noted.append(memory_of(service))


def memory_of(server: psutil.Process) -> float:
    """Return the megabytes that a server and its children hold, shared ones counted once."""
    family = [server, *server.children(recursive=True)]
    held = 0
    for each in family:
        with suppress(psutil.Error):  # It has just ended.
            held += each.memory_full_info().pss
    return held / 2**20


if __name__ == "__main__":
    sys.exit(main())
