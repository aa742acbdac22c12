"""Fragments hold what the text holds, escaped, and marks only around words asked for."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.fragments import LENGTH, Marker
from community.search.query import parse

TEXT = st.text(
    st.sampled_from("aábcñdeéfgÑ ß<>&\"'-.İıﬁ\n") | st.characters(exclude_categories=["Cs"]),
    max_size=400,
)


def bare(html):
    return unescape(re.sub(r"</?mark>", "", html))


@given(TEXT, st.lists(st.sampled_from(["abc", "fé", "deed", "<b", "ñd", "a"]), max_size=4))
def test_a_fragment_is_a_piece_of_the_text_with_nothing_added(text, words):
    html = Marker(parse(" ".join(words)), "en").fragment(text)
    assert bare(html).removeprefix("… ").removesuffix(" …") in " ".join(text.split())
    assert not re.search(r"<(?!/?mark>)", html)
    assert html.count("<mark>") == html.count("</mark>")
    assert len(bare(html)) <= LENGTH + 4


@given(TEXT)
def test_a_title_is_shown_whole(title):
    assert bare(Marker(parse("abc deed fé"), "en").title(title)) == " ".join(title.split())


@pytest.mark.parametrize(
    ("lang", "typed", "text", "marked"),
    [
        ("en", "printers", "My printer prints", ["printer"]),
        ("en", "printing", "My printer prints", ["prints"]),
        (
            "es",
            "instalación",
            "Instalé e instalo instalaciones",
            ["Instalé", "instalo", "instalaciones"],
        ),
        ("en", "calender", "Calendar and calenders", ["calenders"]),
        ("", "printing", "prints printing", ["printing"]),
        ("en", "mail", "email e-mail mails Mail's", ["mail", "mails", "Mail's"]),
        ("en", '"paper jam"', "A PAPER jam", ["PAPER", "jam"]),
        ("en", "ink -paper", "paper and ink", ["ink"]),
        ("en", "is:solved [ink]", "solved ink", []),
    ],
)
def test_words_are_marked_in_every_form_of_their_language(lang, typed, text, marked):
    html = Marker(parse(typed), lang).fragment(text)
    assert [unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", html)] == marked


def test_the_passage_with_the_most_different_words_is_shown():
    text = "kettle " * 80 + "in the middle the kettle rattles with steam " + "kettle " * 80
    html = Marker(parse("kettle rattles steam"), "en").fragment(text)
    assert "<mark>rattles</mark> with <mark>steam</mark>" in html


def test_what_is_far_down_is_found_and_very_far_down_the_beginning_is_shown():
    far = Marker(parse("needle"), "en").fragment("hay " * 5_000 + "needle")
    assert far.startswith("… ")
    assert far.endswith("<mark>needle</mark>")
    assert "needle" not in Marker(parse("needle"), "en").fragment("hay " * 50_000 + "needle")
