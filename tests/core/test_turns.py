from datetime import timedelta

from community.core import clock, turns


def test_of_two_workers_one_takes_the_turn(make, monkeypatch):
    assert [turns.is_mine("sweep"), turns.is_mine("sweep")] == [True, False]
    assert turns.is_mine("another")
    later = clock.now() + turns.BETWEEN + timedelta(seconds=1)
    monkeypatch.setattr(turns, "now", lambda: later)
    assert [turns.is_mine("sweep"), turns.is_mine("sweep")] == [True, False]
