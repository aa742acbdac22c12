"""Measure how the cost of a request grows with the forum, over forums of different sizes.

    python -m bench.growth URL [URL…]      the smallest first, each as DATABASE_URL takes it
    python -m bench.growth --requests 200 --shape FOLDER URL [URL…]

`python -m bench.grow` makes such forums. Each kind of request is asked for in many different ways,
the same for every forum: guests' pages with nothing kept, searches and titles drawn from the real
community. What counts is the time of a processor: of this process, and of the database's for the
connection of the request where it runs on this machine (Linux tells it); else only the clock is
read. Behind each figure stands its ratio to the first forum.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, create_engine, func, select, text

from bench.__main__ import machine
from bench.asking import Scripts, Searches, titles
from community.app import create_app
from community.core.db import db
from config import ROOT, Config

FAR = 1_000  # pages; no list goes further
SEED = 7
SORTS = ("active", "newest", "votes")


@dataclass(frozen=True)
class Taken:
    """What requests of one kind took, in milliseconds: at a processor, and by the clock."""

    busy: list[float]
    clock: list[float]

    def figures(self) -> dict[str, float]:
        """Return the median and the 95th percentile."""
        return {
            "median": median(self.busy),
            "p95": quantiles(self.busy, n=20)[-1],
            "clock median": median(self.clock),
        }


def main() -> int:
    """Print a table for each kind of request."""
    given = _given()
    with TemporaryDirectory(prefix="tertulia-growth-") as folder:
        searches = Searches(Scripts(Path(folder)), _titles(given.shape))
        asked = {
            "search": _paths(searches.different(), 2 * given.requests),
            "similar questions": _paths(searches.similar(), 2 * given.requests),
        }
        forums = [_forum(url, folder) for url in given.urls]
        print(machine() + "\n\n| request | " + " | ".join(map(_size, forums)) + " |")
        print("|---" * (len(forums) + 1) + "|")
        results = [dict(_measured(app, asked, given.requests)) for app in forums]
    for name in results[0]:
        _print(name, [result[name].figures() for result in results])
    return 0


def _forum(url: str, folder: str) -> Flask:
    settings = {"INSTANCE_FOLDER": folder, "DATABASE_URL": url, "RATE_LIMITS": "off"}
    app = create_app(replace(Config.from_environment(settings), KEPT_PAGES=False))
    # No page is kept; but what all pages share is made once, as ever.
    app.config["KEPT_PAGES"] = True
    return app


def _size(app: Flask) -> str:
    with app.app_context():
        return f"{db.session.scalar(_counting()):,}"


def _counting() -> Select[tuple[int]]:
    """Return the select that counts public questions."""
    posts = db.metadata.tables["posts"]
    public = (posts.c.deleted_at.is_(None), posts.c.hidden_at.is_(None))
    return select(func.count()).where(
        posts.c.kind == "question", posts.c.merged_into_id.is_(None), *public
    )


def _titles(shape: Path) -> list[str]:
    with create_engine(f"sqlite:///{shape / 'tertulia.db'}").connect() as connection:
        return titles(connection)


def _paths(script: Path, many: int) -> list[str]:
    """Return the first addresses of a script that was written for wrk."""
    listed = script.with_name(script.name.replace("ask", "asked")).with_suffix(".txt")
    return listed.read_text().splitlines()[:many]


def _measured(app: Flask, asked: dict[str, list[str]], many: int) -> Iterator[tuple[str, Taken]]:
    """Yield what each kind of request takes in a forum."""
    with app.app_context():
        questions = _questions(2 * many)
        deepest = min(FAR, (db.session.scalar(_counting()) or 0) // 20)
    yield "question", _taken(app, questions)
    for name, page in (("page 1", 1), ("the deepest page", deepest)):
        for sort in SORTS:
            # With something in the address that means nothing, each list is put together anew.
            paths = [f"/questions?sort={sort}&page={page}&{n}" for n in range(max(40, many // 5))]
            yield f"list by {sort}, {name}", _taken(app, paths)
    for name, paths in asked.items():
        yield name, _taken(app, paths)


def _questions(many: int) -> list[str]:
    """Return the addresses of public questions, drawn by chance from the whole forum."""
    posts = db.metadata.tables["posts"]
    last = db.session.scalar(select(func.max(posts.c.id))) or 0
    chance = random.Random(SEED)
    found: list[str] = []
    for start in (chance.randint(1, last) for _ in range(many)):
        row = db.session.execute(
            select(posts.c.id, posts.c.slug)
            .where(posts.c.id >= start, posts.c.kind == "question")
            .where(posts.c.deleted_at.is_(None), posts.c.hidden_at.is_(None))
            .order_by(posts.c.id)
            .limit(1)
        ).first()
        if row:
            found.append(f"/questions/{row.id}/{row.slug}")
    return found


def _taken(app: Flask, paths: list[str]) -> Taken:
    """Ask for each path once; the first half only warms up."""
    client = app.test_client()
    times = [_ask(app, client, path) for path in paths][len(paths) // 2 :]
    return Taken([busy for busy, _ in times], [clock for _, clock in times])


def _ask(app: Flask, client: FlaskClient, path: str) -> tuple[float, float]:
    spent = _spent_by_database(app)
    busy, clock = -spent() - time.process_time(), -time.perf_counter()
    status = client.get(path).status_code
    clock += time.perf_counter()
    busy += time.process_time() + spent()
    if status != 200:
        sys.exit(f"{path}: {status}")
    return busy * 1000, clock * 1000


def _spent_by_database(app: Flask) -> Callable[[], float]:
    """Return a way to read how long, in seconds, the database's processes have been at work."""
    processes = app.extensions.setdefault("bench.processes", [])
    if not processes:
        with app.app_context():
            if urlsplit(str(db.engine.url)).hostname in {"127.0.0.1", "localhost"}:
                # The pool gives its connections in turn; so each one there will be is known.
                held = [db.engine.connect() for _ in range(3)]
                processes += [each.scalar(text("SELECT pg_backend_pid()")) for each in held]
                for each in held:
                    each.close()
    return lambda: sum(map(_seconds, processes))


def _seconds(process: int) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _print(name: str, figures: list[dict[str, float]]) -> None:
    for which, first in figures[0].items():
        cells = [f"{each[which]:.1f} ms ({each[which] / first:.2f})" for each in figures]
        print(f"| {name}, {which} | {' | '.join(cells)} |", flush=True)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--shape", type=Path, default=ROOT / "instance" / "bench")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
