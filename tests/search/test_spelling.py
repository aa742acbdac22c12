"""Did you mean: near words, and no far ones."""

import pytest

from community.search.spelling import Vocabulary, distance


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("printer", "printer", 0),
        ("pritner", "printer", 1),
        ("prnter", "printer", 1),
        ("printter", "printer", 1),
        ("prunter", "printer", 1),
        ("prunterr", "printer", 2),
        ("scanner", "printer", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted_up_to_what_matters(one, other, steps):
    assert distance(one, other, 2) == steps


def test_the_nearest_word_then_the_more_frequent_one_is_meant():
    words = Vocabulary({"printer": 5, "printed": 9, "pointer": 50, "prunter": 1})
    assert words.nearest("printar") == "printer"
    assert words.nearest("printef") == "printed"
    assert words.nearest("xylophone") == ""


def test_a_word_in_use_is_met_only_with_a_much_more_frequent_one():
    words = Vocabulary({"email": 100, "emoil": 30})
    assert words.nearest("emial", 60) == "email"
    assert words.nearest("emial", 101) == ""


def test_short_words_allow_one_slip_and_accents_come_along():
    words = Vocabulary({"color": 3, "contraseña": 4})
    assert words.nearest("colro") == "color"
    assert words.nearest("cllro") == ""
    assert words.nearest("contrsenia") == "contraseña"
