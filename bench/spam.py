"""Measure the spam filter on a real forum: what it catches, and whom it wrongs.

python -m bench.spam [FOLDER], by default ../shared/data/thunderbird-2024/native, whose moderators
marked 66 of 47,000 posts as spam. Two figures: what the filter says of itself when it learns from
those and from ten times as many others, and, five times over, how it does on posts of authors it
has never seen, at the rate at which spam came in.
"""

from __future__ import annotations

import csv
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from zlib import crc32

from community.core.text import plain_text
from community.moderation.spam.features import Letter, circumstances_of
from community.moderation.spam.judging import Weights, judge

ROOT = Path(__file__).parents[1]
NATIVE = ROOT / "../shared/data/thunderbird-2024/native"
HREF = re.compile(r'href="https?://([^/"]+)')
HAM_FOR_EACH = 10
WANTED = 0.9
FIFTHS = 5


def rows_of(folder: Path) -> list[dict[str, str]]:
    """Return all posts in the order in which they were written."""
    csv.field_size_limit(1 << 30)
    rows: list[dict[str, str]] = []
    for name in ("questions.csv", "answers.csv"):
        with (folder / name).open(newline="", encoding="utf-8") as table:
            rows += csv.DictReader(table)
    return sorted(rows, key=lambda row: row["created"])


def lessons(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every post with its title, plain text, linked sites, circumstances and verdict."""
    posts_of: Counter[str] = Counter()
    known: set[str] = set()
    for row in rows_of(folder):
        hosts = [host.lower() for host in HREF.findall(row["content"])]
        is_reply = "question_id" in row
        yield {
            "title": row.get("title", ""),
            "text": plain_text(row["content"]),
            "hosts": hosts,
            "circumstances": circumstances_of(
                is_reply=is_reply,
                earlier_posts=posts_of[row["creator"]],
                has_new_site=any(host not in known for host in hosts),
            ),
            "author": crc32(row["creator"].encode()),
            "is_reply": is_reply,
            "is_spam": row["is_spam"] == "true",
        }
        posts_of[row["creator"]] += 1
        known.update(hosts)


def learn(study: list[dict[str, Any]]) -> dict[str, Any]:
    """Learn as the worker does: in a child process."""
    child = subprocess.run(
        [sys.executable, "-m", "community.moderation.spam.learning", str(WANTED)],
        input="".join(f"{json.dumps(each)}\n" for each in study),
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(child.stdout)
    return found


def sampled(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what moderators would have decided on: all spam, and some of the rest."""
    spam = [each for each in posts if each["is_spam"]]
    rest = [each for each in posts if not each["is_spam"]]
    return spam + random.Random(1).sample(rest, min(len(rest), HAM_FOR_EACH * len(spam)))


def letter_of(post: dict[str, Any]) -> Letter:
    """Return a post as the filter reads it."""
    return Letter(
        title=post["title"],
        text=post["text"],
        hosts=tuple(post["hosts"]),
        circumstances=tuple(post["circumstances"]),
    )


@dataclass
class Tally:
    """What became of the posts of one kind."""

    caught: int = 0
    missed: int = 0
    wronged: int = 0
    good: int = 0

    def add(self, post: dict[str, Any], *, is_held: bool) -> None:
        """Count one post."""
        self.caught += is_held and post["is_spam"]
        self.missed += not is_held and post["is_spam"]
        self.wronged += is_held and not post["is_spam"]
        self.good += not post["is_spam"]

    def __str__(self) -> str:
        """Say it as precision and recall, with the numbers behind them."""
        held, spam = self.caught + self.wronged, self.caught + self.missed
        return (
            f"held {held}, of them spam {self.caught}: precision {self.caught / max(held, 1):.1%}; "
            f"of {spam} spam posts caught {self.caught / max(spam, 1):.1%}; "
            f"of {self.good} good posts held {self.wronged / max(self.good, 1):.3%}"
        )


def unseen(posts: list[dict[str, Any]]) -> tuple[dict[str, Tally], list[float]]:
    """Judge every post by what was learned from other authors; return counts and times in ms."""
    tallies = {"questions": Tally(), "answers": Tally()}
    took: list[float] = []
    for fifth in range(FIFTHS):
        # Not by the remainder that the filter itself sets a fifth aside with.
        study = [each for each in posts if each["author"] // FIFTHS % FIFTHS != fifth]
        found = learn(sampled(study))
        weights = Weights(found["bias"], {k: (a, b) for k, (a, b) in found["features"].items()})
        for post in posts:
            if post["author"] // FIFTHS % FIFTHS != fifth:
                continue
            began = time.perf_counter()
            is_held = judge(weights, letter_of(post)).score >= found["threshold"]
            took.append(1000 * (time.perf_counter() - began))
            tallies["answers" if post["is_reply"] else "questions"].add(post, is_held=is_held)
    return tallies, took


def main() -> None:
    """Measure, and print what was found."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else NATIVE
    if not folder.is_dir():
        sys.exit(f"{folder} is not there.")
    posts = list(lessons(folder))
    spam = sum(each["is_spam"] for each in posts)
    print(f"{len(posts)} posts, {spam} marked as spam ({spam / len(posts):.2%}).")
    began = time.perf_counter()
    found = learn(sampled(posts))
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"Learned in {took:.1f} s, at most {peak:.0f} MB, {len(found['features'])} features.")
    own = {name: found[name] for name in ("threshold", "caught", "missed", "wronged", "cleared")}
    print(f"Its own held-out fifth: {own}")
    tallies, times = unseen(posts)
    print("All posts, each judged by what other authors taught:")
    for kind, tally in tallies.items():
        print(f"  {kind}: {tally}")
    times.sort()
    print(f"  a post takes {median(times):.2f} ms, the slowest {times[-1]:.1f} ms")


if __name__ == "__main__":
    main()
