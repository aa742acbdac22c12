"""Holes in shared HTML: filled for each visitor, and never shared by mistake."""

from __future__ import annotations

import pytest

from community.core import holes
from community.core.holes import leave, leave_one_of, sealed, with_holes


def counter():
    numbers = iter(range(100))
    return lambda: str(next(numbers))


def test_without_sharing_there_are_no_holes():
    assert leave(lambda: "mine") == "mine"


def test_a_hole_is_filled_each_time_and_once_for_all_its_places():
    fill = counter()
    html = with_holes(lambda: f"<a>{leave(fill)}</a><b>{leave(fill)}</b>")
    assert html.filled() == "<a>0</a><b>0</b>"
    assert html.filled() == "<a>1</a><b>1</b>"


def test_what_is_anew_differs_from_place_to_place():
    html = with_holes(lambda: leave_one_of(counter) + " " + leave_one_of(counter))
    assert html.filled() == "0 1"
    assert html.filled() == "0 1"


def test_holes_of_a_part_become_holes_of_the_whole():
    fill = counter()
    part = with_holes(lambda: f"[{leave(fill)}]")
    whole = with_holes(lambda: f"<p>{part.filled()}{part.filled()}</p>")
    assert whole.filled() == "<p>[0][0]</p>"
    assert whole.filled() == "<p>[1][1]</p>"
    assert holes._MARK not in whole.filled()


def test_what_is_shared_as_it_is_takes_nobodys_own():
    with sealed(), pytest.raises(RuntimeError, match="with_holes"):
        leave(lambda: "mine")
    with sealed():
        assert with_holes(lambda: leave(lambda: "mine")).texts == ["", "", ""]
