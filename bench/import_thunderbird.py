"""Measure how a real community of 47,000 posts moves in: time, memory, counts.

python bench/import_thunderbird.py [FOLDER], by default ../shared/data/thunderbird-2024. Each format
comes into a new forum with SQLite. Prints a table and ends with 1 if a figure is missed.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
COMMUNITY = Path("../shared/data/thunderbird-2024")
MOST_SECONDS = 180
MOST_MEGABYTES = 500
EVERY = 0.2  # seconds between two looks at the memory
COUNTS = {
    "questions": "SELECT count(*) FROM posts WHERE kind = 'question'",
    "answers": "SELECT count(*) FROM posts WHERE kind = 'answer'",
    "solved": "SELECT count(*) FROM posts WHERE solution_id IS NOT NULL",
    "members": "SELECT count(*) FROM members",
    "votes": "SELECT count(*) FROM votes",
    "tags": "SELECT count(*) FROM tags",
    "revisions": "SELECT count(*) FROM revisions",
}


@dataclass
class Run:
    """What one import took. Memory is shared fairly among processes (PSS), CPU is of all."""

    seconds: float = 0.0
    cpu_seconds: dict[int, float] = field(default_factory=dict)
    megabytes: float = 0.0
    status: int = 0
    table: str = ""


def flask(instance: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a command of the forum that lives in this folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_FOLDER": str(instance), "DATABASE_URL": ""},  # noqa: TID251
        stdout=subprocess.PIPE,
        text=True,
    )


def measured(instance: Path, source: str, folder: Path) -> Run:
    """Import into a new forum and watch every process of it."""
    flask(instance, "db", "upgrade").communicate()
    run, began = Run(), time.monotonic()
    process = flask(instance, "imports", source, str(folder.resolve()))
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        _look(watched, run)
        time.sleep(EVERY)
    run.seconds, run.status = time.monotonic() - began, process.returncode
    run.table = process.communicate()[0]
    return run


def _look(process: psutil.Process, run: Run) -> None:
    used = 0
    with suppress(psutil.Error):
        for each in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error):
                used += each.memory_full_info().pss
                run.cpu_seconds[each.pid] = sum(each.cpu_times()[:2])
    run.megabytes = max(run.megabytes, used / 1e6)


def report(source: str, instance: Path, run: Run) -> bool:
    """Print what a run took and brought; tell whether it keeps the figures."""
    print(f"\n## {source}\n\n{run.table}")
    with closing(sqlite3.connect(instance / "tertulia.db")) as database:
        for name, query in COUNTS.items():
            print(f"{name:<12}{database.execute(query).fetchone()[0]:>10,}")
    cpu = sum(run.cpu_seconds.values())
    print(f"\nwall        {run.seconds:>8.1f} s    (at most {MOST_SECONDS})")
    print(f"processor   {cpu:>8.1f} s")
    print(f"memory      {run.megabytes:>8.0f} MB   (at most {MOST_MEGABYTES}, all processes, PSS)")
    kept = run.seconds <= MOST_SECONDS and run.megabytes <= MOST_MEGABYTES and run.status == 0
    print("kept" if kept else f"MISSED (exit code {run.status})")
    return kept


def main(folder: Path) -> int:
    """Measure both formats."""
    if not folder.is_dir():
        print(f"Skipped: the community {folder} is not at hand.")
        return 0
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f} before, "
          f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")  # fmt: skip
    kept = []
    for source, files in (("stack-exchange", folder), ("kitsune", folder / "native")):
        instance = Path(tempfile.mkdtemp(prefix="import-"))
        try:
            kept.append(report(source, instance, measured(instance, source, files)))
        finally:
            shutil.rmtree(instance)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else COMMUNITY))
