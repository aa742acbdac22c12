"""The generator of load: wrk, another process, over the loopback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import psutil

CONNECTIONS, SECONDS, TIMES = 8, 4.0, 3
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


class Run(NamedTuple):
    """What one run came to: requests a second, milliseconds each took, and of the processors."""

    speed: float
    p50: float
    p99: float
    processor: float | None = None


@dataclass(frozen=True)
class Load:
    """Where to ask, and for how many seconds each time."""

    port: int
    seconds: float = SECONDS
    # Of whom the time of the processors is taken: it tells the same on a busy machine.
    server: psutil.Process | None = None

    def middle(self, path: str = "", script: Callable[[], Path] | None = None) -> Run:
        """Ask for a path, or for what a script says; after a warm-up, return the middle run.

        Each run has a script of its own, so that a script of new things is new each time.
        """
        self._run(path, script)
        return middle_of([self._run(path, script) for _ in range(TIMES)])

    def beside(
        self, control: Load, its_path: str, path: str, script: Callable[[], Path] | None
    ) -> tuple[Run, float]:
        """Return the same, and the middle ratio to a control, which is asked before each run."""
        self._run(path, script)
        pairs = [(control._run(its_path, None), self._run(path, script)) for _ in range(TIMES)]
        ratios = [run.speed / its.speed for its, run in pairs]
        return middle_of([run for _, run in pairs]), median(ratios)

    def _run(self, path: str, script: Callable[[], Path] | None) -> Run:
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{self.seconds:.0f}s", "--latency"]
        words += ["-s", str(script())] if script else []
        words.append(f"http://127.0.0.1:{self.port}{path}")
        before = processor_seconds(self.server)
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said:
            sys.exit(f"{' '.join(words)}: {said}")
        return told(said, processor_seconds(self.server) - before)


def processor_seconds(server: psutil.Process | None) -> float:
    """Return what a server and its children have taken of the processors by now."""
    taken = 0.0
    for each in [server, *server.children(recursive=True)] if server else []:
        with suppress(psutil.Error):  # It has just ended.
            taken += sum(each.cpu_times()[:2])
    return taken


def told(said: str, processor: float = 0.0) -> Run:
    """Read what wrk says; meanwhile so many seconds of the processors were taken."""
    total = re.search(r"(\d+) requests in", said)
    speed = re.search(r"Requests/sec:\s+([\d.]+)", said)
    times = [re.search(rf"{part}%\s+([\d.]+)(us|ms|s|m)\b", said) for part in (50, 99)]
    assert total
    assert speed
    each = processor * 1000 / max(1, int(total[1]))
    p50, p99 = (_milliseconds(found) for found in times)
    return Run(float(speed[1]), p50, p99, each)


def _milliseconds(found: re.Match[str] | None) -> float:
    """Return what wrk says, such as 12.3us, in milliseconds."""
    assert found
    return float(found[1]) * UNITS[found[2]]


def run_of(taken: list[float], wall: float) -> Run:
    """Return what it comes to when each thing took so many seconds, and all of them the wall."""
    cuts = [cut * 1000 for cut in quantiles(taken, n=100)]
    return Run(len(taken) / wall, cuts[49], cuts[98])


def middle_of(runs: list[Run]) -> Run:
    """Return the run with the middle speed."""
    return sorted(runs, key=lambda run: run.speed)[len(runs) // 2]
