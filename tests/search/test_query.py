"""Reading what people type: everything means something, nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.query import MOST_TERMS, Phrase, Word, parse


def terms(query):
    leaves = [*query.none, *(leaf for clause in query.every for leaf in clause)]
    return sum(len(leaf.words) if isinstance(leaf, Phrase) else 1 for leaf in leaves)


@given(st.text(max_size=400))
def test_any_text_is_read_and_bounded(typed):
    query = parse(typed)
    assert terms(query) <= MOST_TERMS
    assert len(query.typed) <= 200


@given(st.lists(st.sampled_from(['"', "-", "OR", "O", "|", "[", "]", "a", "is:", "(", "*", "\0"])))
def test_any_heap_of_operators_is_read_and_bounded(tokens):
    for joint in ("", " "):
        assert terms(parse(joint.join(tokens))) <= MOST_TERMS


@pytest.mark.parametrize(
    "typed",
    ["", " ", '"', '""', "-", "--", "OR", "| |", "OR OR", "-OR", "[]", "***", "\x00", "\ud800",
     "a" * 5000, '"' * 500, "- - -", "?", "\u202e", "author:", "is:", "~~"],
)  # fmt: skip
def test_what_says_nothing_asks_for_nothing_or_a_word(typed):
    assert len(parse(typed).every) <= 1


def test_words_phrases_minus_and_or():
    query = parse('Printer "paper jam" -ink red OR blue')
    assert query.every == (
        (Word("printer"),),
        (Phrase(("paper", "jam")),),
        (Word("red"), Word("blue")),
    )
    assert query.none == (Word("ink"),)


def test_wildcards_ranges_and_fields_are_only_words():
    query = parse("print* te?t title:foo [a TO b] /rege+x/ word~2 word^5")
    words = [leaf.text for clause in query.every for leaf in clause]
    assert "print" in words
    assert "title" in words
    assert "foo" in words
    assert not query.tags


def test_the_first_twenty_terms_count():
    many = " ".join(f"w{n}" for n in range(50))
    assert len(parse(many).every) == MOST_TERMS
    assert terms(parse(f'"{many}" {many}')) == MOST_TERMS


def test_filters_win_over_what_was_typed_and_empty_ones_do_not_count():
    query = parse("author:ann [wifi] is:solved fan", author="ben", product="", tags=())
    assert (query.author, query.tags, query.solved, query.product) == ("ben", ("wifi",), True, "")


def test_common_words_are_dropped_unless_there_is_nothing_else():
    assert parse("where is the printer").every == ((Word("printer"),),)
    assert parse("where is the").every == ((Word("where"),), (Word("is"),), (Word("the"),))
