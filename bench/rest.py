"""Measure how long the forum takes to start, and how much memory it takes at rest.

    python -m bench.rest                      the forum in instance/bench
    python -m bench.rest --instance FOLDER    another one

The whole service is started as `make run` does, on a port of its own, and stopped again. Memory is
PSS: pages that processes share count once in the sum over all of them.
"""

from __future__ import annotations

import argparse
import http.client
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import psutil

from bench.__main__ import machine
from config import ROOT, environment_with

PORT = 8148
STARTS = 3
PATIENCE = 30.0
SECONDS_TO_REST = 20
FIRST_PAGE = "/questions"
GOALS = {"first page after, s": 1.5, "memory at rest, MB": 250.0}


def main() -> int:
    """Start the forum some times, print what it took; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, default=ROOT / "instance" / "bench")
    instance = parser.parse_args().instance.resolve()
    if not (instance / "tertulia.db").exists():
        print(f"SKIP: there is no forum in {instance}; `make bench` makes one.")
        return 0
    print(machine() + "\n")
    starts = [_start_once(instance, rest=number == STARTS) for number in range(1, STARTS + 1)]
    found = {
        "first page after, s": median(seconds for seconds, _parts in starts),
        "memory at rest, MB": sum(megabytes for _name, megabytes in starts[-1][1]),
    }
    print("| process | PSS, MB |\n|---|---|")
    for name, megabytes in starts[-1][1]:
        print(f"| {name} | {megabytes:.0f} |")
    print("\n| | measured | goal |\n|---|---|---|")
    for name, goal in GOALS.items():
        print(f"| {name} | {found[name]:.2f} | {goal} |")
    return 0 if all(found[name] <= goal for name, goal in GOALS.items()) else 1


def _start_once(instance: Path, *, rest: bool) -> tuple[float, list[tuple[str, float]]]:
    """Return the seconds until the first page came, and each process with its megabytes."""
    environment = environment_with(
        INSTANCE_FOLDER=str(instance), PORT=str(PORT), DATABASE_URL="", REDIS_URL=""
    )
    words = [sys.executable, "-m", "community.boot"]
    began = time.monotonic()
    service = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for_a_page(began)
        taken = time.monotonic() - began
        if rest:
            time.sleep(SECONDS_TO_REST)
        return taken, _memory(service.pid)
    finally:
        service.send_signal(signal.SIGINT)
        service.wait()


def _wait_for_a_page(began: float) -> None:
    while time.monotonic() - began < PATIENCE:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
        try:
            connection.request("GET", FIRST_PAGE)
            if connection.getresponse().status < http.HTTPStatus.BAD_REQUEST:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.01)
    sys.exit(f"The forum did not answer in {PATIENCE:.0f} seconds.")


def _memory(pid: int) -> list[tuple[str, float]]:
    """Return each process of the service with its share of the memory, in megabytes."""
    first = psutil.Process(pid)
    family = [first, *first.children(recursive=True)]
    return [(_name(each), each.memory_full_info().pss / 1e6) for each in family]


def _name(process: psutil.Process) -> str:
    words = process.cmdline()
    return " ".join(words[1:])[-40:] if words else process.name()


if __name__ == "__main__":
    sys.exit(main())
