"""Folding and cutting, the same for documents and searches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search import analysis


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(analysis.fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert analysis.fold(analysis.fold(text)) == analysis.fold(text)


@given(st.text(st.characters()))
def test_clean_text_can_be_stored_anywhere(text):
    clean = analysis.clean(text + "\x00\ud800")
    assert clean.encode()
    assert "\x00" not in clean


@given(st.text(min_size=1))
def test_every_word_of_a_text_is_found_by_itself(text):
    for chunk in analysis.chunks(analysis.fold(analysis.clean(text))):
        for lang in ("en", "es", ""):
            terms = analysis.language_of(lang).terms(chunk)
            held = {*terms.pieces, *terms.joined}
            wanted = analysis.variants(chunk)
            assert not held or any(set(form) <= held for form in wanted)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÁRBOL", "arbol"),
        ("Niño", "NINO"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ÜBER", "uber"),
    ],
)
def test_accents_and_capitals_are_folded(one, other):
    assert analysis.fold(one) == analysis.fold(other)


def test_very_long_words_are_cut_on_both_sides():
    assert analysis.language_of("").terms("x" * 500).pieces == ("x" * 40,)


def test_the_memory_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr(analysis, "MOST_CACHED", 10)
    language = analysis.Language(frozenset(), str)
    for number in range(100):
        language.terms(f"word{number}")
    assert len(language.cache) <= 11
