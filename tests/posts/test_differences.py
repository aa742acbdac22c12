"""What changed between two texts."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from community.posts.differences import Fate, compared, words

LINES = st.lists(st.text("ab \n", max_size=12), max_size=30).map("\n".join)


def told(pieces):
    return [(piece.fate.value, piece.text) for piece in pieces]


def test_a_changed_word_is_told_apart_from_its_line():
    pieces = told(compared("It leaks at the lid.\n", "It leaks at the base.\n"))
    assert pieces == [
        ("same", "It leaks at the "),
        ("removed", "lid"),
        ("added", "base"),
        ("same", ".\n"),
    ]


def test_what_has_little_in_common_is_shown_one_after_the_other():
    pieces = told(words("How do I clean it?", "My display stays dark."))
    assert pieces == [("removed", "How do I clean it?"), ("added", "My display stays dark.")]


def test_long_passages_that_stay_are_left_out_but_for_their_edges():
    before = "".join(f"line {number}\n" for number in range(20))
    pieces = compared(before, before + "new\n")
    assert pieces[0].fate == Fate.GAP
    assert pieces[0].lines == 18
    assert told(pieces[1:]) == [("same", "line 18\nline 19\n"), ("added", "new\n")]


@settings(max_examples=200, deadline=None)
@given(LINES, LINES)
def test_nothing_is_invented_and_nothing_forgotten(before, after):
    pieces = compared(before, after)
    old = [piece.text for piece in pieces if piece.fate != Fate.ADDED]
    new = [piece.text for piece in pieces if piece.fate != Fate.REMOVED]
    if all(piece.fate != Fate.GAP for piece in pieces):
        assert "".join(old) == before
        assert "".join(new) == after
    hidden = sum(piece.lines for piece in pieces)
    shown = sum(text.count("\n") for text in new)
    assert hidden + shown >= after.count("\n")


def test_the_work_is_bounded_for_texts_made_to_be_slow():
    pairs = [
        ("a\nb\n" * 7_500, "b\na\n" * 7_500),
        ("a " * 15_000, "b a " * 7_500),
        (
            "\n".join("ab"[i % 2] * 200 for i in range(149)),
            "\n".join("ba"[i % 3 % 2] * 200 for i in range(149)),
        ),
        ("\n" * 30_000, "x\n" * 15_000),
    ]
    begun = time.monotonic()
    for before, after in pairs:
        compared(before, after)
    assert time.monotonic() - begun < 3
