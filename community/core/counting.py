"""How many requests were answered, and how fast: counted for Prometheus, if it may ask.

Each process counts in files of its own, in the folder "counts" of the instance; who asks one
process is told the sum of all on this machine. What a kept page costs more for it: about a
microsecond. docs/decisions/0122-requests-are-counted-in-files.md.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from config import Config

# The library reads it, and nothing else, when it is loaded.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# Whoever asks for what is not there shall not make up endless kinds of requests.
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OTHER, NO_ENDPOINT = "other", "none"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# In the environment of a request: its answer is going to be kept.
MISS = "community.page_is_missing"


class Counts:
    """What one process counts. Made when the first request is answered: commands count nothing."""

    def __init__(self, folder: Path) -> None:
        """Load the library, which takes the folder from the environment."""
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[FOLDER] = str(folder)  # noqa: TID251
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

        unasked = CollectorRegistry()  # The files are asked, not the process.
        self._requests = Counter(
            "tertulia_requests",
            "Requests answered, and whether with a kept page: hit, miss or no",
            ["endpoint", "method", "status", "kept"],
            registry=unasked,
        )
        self._seconds = Histogram(
            "tertulia_answer_seconds",
            "How long the application took for an answer; kept pages are none",
            ["endpoint"],
            buckets=SECONDS,
            registry=unasked,
        )
        self._hit = cache(self._counter_of_hits)

    def hit(self, endpoint: str, method: str, status: str) -> None:
        """Count a request that a kept page answered."""
        self._hit(endpoint, method, status)()

    def _counter_of_hits(self, endpoint: str, method: str, status: str) -> Callable[[], None]:
        return self._requests.labels(endpoint, method, status, "hit").inc

    def answer(self, response: Response) -> Response:
        """Count a request that the application answered, and how long that took."""
        endpoint = request.endpoint or NO_ENDPOINT
        method = request.method if request.method in METHODS else OTHER
        kept = "miss" if MISS in request.environ else "no"
        self._requests.labels(endpoint, method, f"{response.status_code // 100}xx", kept).inc()
        if "began_at" in g:
            self._seconds.labels(endpoint).observe(time.perf_counter() - g.began_at)
        return response


def init_app(app: Flask) -> None:
    """Count what is answered, last of all, if there is somebody to tell."""
    if app.config["METRICS_TOKEN"]:
        counts = cache(lambda: Counts(_folder(app.config["INSTANCE_FOLDER"])))
        app.extensions["counts"] = counts
        last = app.after_request_funcs.setdefault(None, [])
        last.insert(0, lambda response: counts().answer(response))


def of(app: Flask) -> Callable[[], Counts] | None:
    """Return how to get at the counts of this process; None if nothing is counted."""
    counts: Callable[[], Counts] | None = app.extensions.get("counts")
    return counts


def add_all_to(registry: CollectorRegistry, app: Flask) -> None:
    """Let a registry tell what all processes on this machine have counted."""
    folder = _folder(app.config["INSTANCE_FOLDER"])
    if of(app) and folder.is_dir():
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]


def begin_anew(config: Config) -> None:
    """Forget what was counted before this start; Prometheus knows that counters do so."""
    shutil.rmtree(_folder(config.INSTANCE_FOLDER), ignore_errors=True)


def _folder(instance: Path) -> Path:
    return Path(instance) / "counts"
