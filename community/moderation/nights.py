"""The nights of the spam filter: in the worker it learns anew from all decisions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from community.core import mail
from community.core.jobs import job, periodic
from community.moderation.queries import learning
from community.moderation.services import teaching
from community.moderation.services.teaching import NEEDED, WANTED

ROOT = Path(__file__).parents[2]
MODULE = "community.moderation.spam.learning"
SECONDS = 300
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@periodic("learn_spam", hour="3", minute="10")
def learn_each_night() -> None:
    """Learn anew from all decisions, if there are enough of each kind."""
    learn()


@job(teaching.LEARN)
def learn_when_asked() -> None:
    """Learn at once, because a moderator asked for it."""
    learn()


def learn() -> bool:
    """Learn from all decisions in a process of its own; tell whether there were enough.

    Nothing is written while it learns, so that nobody waits for it.
    """
    counts = learning.counts()
    if min(counts) < NEEDED.get():
        return False
    teaching.store(_learned(list(learning.lessons(mail.own_host()))), counts)
    return True


def _learned(lessons: list[dict[str, Any]]) -> dict[str, Any]:
    """Start the process that learns, and return what it found. Raises if it fails."""
    child = subprocess.run(  # noqa: S603 - starts only ourselves
        [sys.executable, "-W", "ignore", "-m", MODULE, str(WANTED.get() / 100)],
        input="".join(f"{json.dumps(each)}\n" for each in lessons),
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=SECONDS, env=ONE_THREAD,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(child.stdout)
    return found
