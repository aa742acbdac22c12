"""Running the forum's own commands in a process of their own."""

from __future__ import annotations

import subprocess
import sys

from config import ROOT


def flask(*command: str) -> str:
    """Run a command of the forum and return what it says; give up if it fails."""
    words = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n`flask {' '.join(command)}` failed.")
    return done.stdout.strip()
