"""What is kept in memory: so much, and what was used last."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.bounded import Bounded


@dataclass
class Thing:
    size: int


def test_what_was_used_last_stays():
    kept = Bounded(25)
    for key in ("a", "b"):
        kept.put(key, Thing(10))
    assert kept.get("a")
    kept.put("c", Thing(10))
    assert list(kept) == ["a", "c"]
    assert kept.get("b") is None


def test_a_thing_that_is_put_in_again_counts_once():
    kept = Bounded(25)
    for _ in range(5):
        kept.put("a", Thing(10))
    kept.put("b", Thing(10))
    assert list(kept) == ["a", "b"]


def test_the_last_one_stays_however_large_it_is():
    kept = Bounded(25)
    kept.put("a", Thing(10))
    kept.put("b", Thing(100))
    assert list(kept) == ["b"]


def test_after_clearing_there_is_room_again():
    kept = Bounded(25)
    kept.put("a", Thing(20))
    kept.clear()
    kept.put("b", Thing(10))
    kept.put("c", Thing(10))
    assert list(kept) == ["b", "c"]
