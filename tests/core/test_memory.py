"""What a worker does not need goes back to the system."""

import sys

import psutil
import pytest

from community.core.memory import give_back

PIECES, SIZE = 100_000, 400


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc gives memory back when asked")
def test_what_was_let_go_of_is_given_back():
    process = psutil.Process()
    give_back()
    before = process.memory_info().rss
    pieces = [bytearray(SIZE + number % 7) for number in range(PIECES)]
    kept = pieces[-1]  # As often, something small at the end keeps all before it from going.
    held = process.memory_info().rss
    del pieces
    give_back()
    assert held - before > PIECES * SIZE
    assert process.memory_info().rss - before < (held - before) / 2
    assert kept
