"""Memory that nobody needs any more goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

from config import ROOT

# In a process of its own, for what other tests let go of would be taken first. Something small at
# the end keeps all before it from going by itself, as often.
MEASURING = """
import psutil
from community.core.memory import give_back
process, size, pieces = psutil.Process(), 400, 100_000
give_back()
before = process.memory_info().rss
held = [bytearray(size + number % 7) for number in range(pieces)]
kept = held[-1]
most = process.memory_info().rss
del held
give_back()
print(most - before, process.memory_info().rss - before, pieces * size, len(kept))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc gives memory back when asked")
def test_what_was_let_go_of_is_given_back():
    words = [sys.executable, "-c", MEASURING]
    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    taken, left, asked_for, _kept = map(int, told.split())
    assert taken > asked_for
    assert left < taken / 2
