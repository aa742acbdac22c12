"""Measure how long the forum takes to answer with a real community in it.

    make bench                                the community in ../shared/data, imported at first
    python -m bench --instance FOLDER         a forum that is there already; with DATABASE_URL, its
                                              rows in PostgreSQL (python -m bench.grow makes them)

Times are those of the server: requests go straight into the application, in one process, one after
the other, after a warm-up. The forum that is measured lies in instance/bench and stays for the next
time. Nothing is written to it by measuring.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote_plus

import psutil
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from community.app import create_app
from community.core.db import db
from community.core.paging import DEEPEST
from community.members.models import Member, Role
from community.questions.models import Answer, Question
from config import ROOT, Config, environment_with

COMMUNITY = ROOT.parent / "shared" / "data" / "thunderbird-2024"
WARM_UP, TIMES = 30, 300
POSTS_ON_PAGE = 20
SEED = 7
ADMIN = ("--brand", "Bench", "--admin-email", "bench@example.org", "--admin-name", "Bench")


@dataclass(frozen=True)
class Case:
    """Something to measure: addresses to ask for, who asks, the goal in milliseconds."""

    name: str
    addresses: list[str]
    as_member: bool = False
    goal: float | None = None


def main() -> int:
    """Measure every case and print the table; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, default=ROOT / "instance" / "bench")
    instance = parser.parse_args().instance.resolve()
    url = os.environ.get("DATABASE_URL", "")  # noqa: TID251
    if not url and not (instance / "tertulia.db").exists():
        if not COMMUNITY.is_dir():
            print(f"SKIP: {COMMUNITY} is not here; give a forum with --instance.")
            return 0
        _move_in(instance)
    elif not url:
        # A forum of an older version is brought up to date, its index too.
        _do(instance, ["db", "upgrade"], ["search", "rebuild"])
    settings = {"INSTANCE_FOLDER": str(instance), "RATE_LIMITS": "off", "DATABASE_URL": url}
    config = Config.from_environment(settings)
    app = create_app(replace(config, WTF_CSRF_ENABLED=False))
    with app.app_context():
        cases = list(_cases(random.Random(SEED)))
        # One like most: staff and moderators get pages of their own.
        ordinary = select(Member.id).where(Member.role == Role.MEMBER, Member.staff_title == "")
        member_id = db.session.scalar(ordinary.order_by(Member.reputation.desc(), Member.id))
        sizes = [db.session.scalar(select(func.count(each.id))) for each in (Question, Answer)]
    print(machine())
    print(f"{sizes[0]:,} questions, {sizes[1]:,} answers; {TIMES} requests each\n")
    print("| request | p50 ms | p95 ms | p99 ms | goal p95 |\n|---|---|---|---|---|")
    met = [_report(case, _timed(app, case, member_id)) for case in cases]
    return 0 if all(met) else 1


def machine() -> str:
    """Say on what this was measured."""
    return (
        f"{platform.machine()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def _move_in(instance: Path) -> None:
    """Make a forum with the real community in it."""
    print(f"Importing {COMMUNITY.name} into {instance}; this happens once.", flush=True)
    _do(
        instance,
        ["db", "upgrade"],
        ["site", "set-up", *ADMIN, "--admin-password-stdin"],
        ["imports", "stack-exchange", str(COMMUNITY)],
        ["search", "rebuild"],
        # What a worker would do in the first minute: nothing of it shall be measured.
        ["jobs", "work", "--once"],
    )


def _do(instance: Path, *commands: list[str]) -> None:
    for words in commands:
        subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=environment_with(INSTANCE_FOLDER=str(instance), DATABASE_URL=""),
            input="one green bench under trees\n",
            text=True,
            check=True,
        )


def _cases(chance: random.Random) -> Iterator[Case]:
    """Choose what to ask for, the same in every run."""
    some = select(Question.title).order_by(Question.id).limit(20_000)
    titles = list(db.session.scalars(some))
    chosen = chance.choices(titles, k=TIMES)
    long = select(Question.id, Question.slug).where(Question.answer_count >= POSTS_ON_PAGE - 1)
    answered = select(Question.id, Question.slug).where(Question.answer_count >= 1)
    long_ones = [f"/questions/{id_}/{slug}" for id_, slug in db.session.execute(long.limit(300))]
    pages = [f"/questions/{id_}/{slug}" for id_, slug in db.session.execute(answered.limit(5000))]
    similar = [f"/questions/similar?title={quote_plus(title)}" for title in chosen]
    words = [" ".join(chance.sample(title.split(), min(3, len(title.split())))) for title in chosen]
    search = [f"/search?q={quote_plus(each)}" for each in words]
    lists = [f"/questions?page={chance.randint(1, 20)}" for _ in range(TIMES)]
    yield Case("similar questions", similar, goal=60)
    yield Case("search, 3 words", search, goal=150)
    yield Case(f"question with {POSTS_ON_PAGE} posts, member", long_ones, as_member=True, goal=40)
    yield Case(f"question with {POSTS_ON_PAGE} posts, guest", long_ones)
    yield Case("any question, member", pages, as_member=True)
    yield Case("any question, guest", pages)
    yield Case("list, member", lists, as_member=True)
    yield Case("list, guest", lists)
    deepest = min(DEEPEST, len(titles) // 20)
    yield Case(f"list, page {deepest:,}, guest", [f"/questions?page={deepest}"])
    yield Case("home, guest", ["/"])


def _timed(app: Flask, case: Case, member_id: int | None) -> list[float]:
    """Return the milliseconds of each request."""
    client = app.test_client()
    if case.as_member:
        with client.session_transaction() as session:
            session["_user_id"] = str(member_id)
    ask = _asker(client, case.addresses)
    for number in range(WARM_UP):
        ask(number)
    return [ask(number) for number in range(TIMES)]


def _asker(client: FlaskClient, addresses: list[str]) -> Callable[[int], float]:
    def ask(number: int) -> float:
        address = addresses[number % len(addresses)]
        started = time.perf_counter()
        answer = client.get(address)
        taken = (time.perf_counter() - started) * 1000
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}.")
        return taken

    return ask


def _report(case: Case, times: list[float]) -> bool:
    """Print one row; tell whether the goal is met."""
    cuts = quantiles(times, n=100)
    met = case.goal is None or cuts[94] <= case.goal
    goal = "" if case.goal is None else f"{case.goal:.0f}" + ("" if met else " MISSED")
    print(f"| {case.name} | {median(times):.1f} | {cuts[94]:.1f} | {cuts[98]:.1f} | {goal} |")
    return met


if __name__ == "__main__":
    sys.exit(main())
