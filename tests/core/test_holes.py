"""Holes in shared HTML: filled for each visitor, and never shared by mistake."""

from __future__ import annotations

import pytest

from community.core import holes
from community.core.deeds import did
from community.core.holes import given, leave, leave_one_of, mine, sealed, with_holes
from community.core.text import trusted


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


def test_what_a_visitor_did_shows_for_that_visitor(app):
    html = with_holes(lambda: f"<b>{mine('vote-7', {1: 'up', -1: 'down'}, '<none>')}</b>")
    whole = with_holes(lambda: f"<p>{html.filled()}</p>")
    for done, text in (
        ({}, "&lt;none&gt;"),
        ({"vote-7": -1}, "down"),
        ({"vote-8": 1}, "&lt;none&gt;"),
    ):
        with app.app_context():
            did(done)
            assert html.filled() == f"<b>{text}</b>"
            assert whole.filled() == f"<p><b>{text}</b></p>"
            assert mine("vote-7", {1: "up", -1: "down"}, "<none>") == text


def test_the_text_for_what_a_visitor_did_may_have_holes(app):
    fill = counter()
    html = with_holes(lambda: mine("follows", {True: trusted(f"[{leave(fill)}]")}))
    whole = with_holes(lambda: f"{html.filled()}.")
    assert whole.filled() == "."
    with app.app_context():
        did({"follows": True})
        assert [whole.filled(), html.filled()] == ["[0].", "[1]"]


def test_what_is_given_is_told_each_time_that_a_piece_is_taken():
    fill = counter()
    part = with_holes(lambda: f"<i>{given('score')}</i>{leave(fill)}")
    whole = with_holes(lambda: part.filled(score="3") + part.filled(score="4"))
    assert part.filled(score="5") == "<i>5</i>0"
    assert whole.filled() == "<i>3</i>1<i>4</i>1"
    with pytest.raises(RuntimeError, match="with_holes"):
        given("score")


def test_what_is_shared_as_it_is_takes_nobodys_own():
    with sealed(), pytest.raises(RuntimeError, match="with_holes"):
        leave(lambda: "mine")
    with sealed():
        assert with_holes(lambda: leave(lambda: "mine")).texts == ["", "", ""]
