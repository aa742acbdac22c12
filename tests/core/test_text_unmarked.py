"""Texts without marks: what comes of them is what the long way makes of them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.core.text import render, rendering, unmarked
from community.core.text.sanitizing import purified
from community.core.text.worker import converted

# Much that is harmless alone, and means something to Markdown, a browser or a search in some place.
PARTS = (
    "word", "http", "www.", "http:", "mailto:", "javascript:", "a. ", "i) ", "1) ", "--", "---",
    "a.b", ":smile:", "Ñ", "漢", "ǅ", "İ", "ª", "²", "٣", "Ⅷ", "हिन्दी", "\n", "\n\n", "\n\n\n",
    *" ,.;:?!'\"()%€$¡¿…\u2013—/-",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=14).map("".join)
ANYTHING = st.text(max_size=40)


def long_way(source):
    return purified(converted({"source": source, "mentions": {}, "images": {}}))


@settings(max_examples=600, deadline=None)
@given(TEXTS | ANYTHING)
def test_it_is_what_the_long_way_makes_of_it(source):
    html = unmarked.rendered(source)
    assert html is None or html == long_way(source)


def test_paragraphs_and_lines_need_no_child(monkeypatch):
    monkeypatch.setattr(rendering.child, "ask", None)
    source = "¿Puedo limpiarla con vinagre?\nSí: media taza (o menos).\n\nThen rinse it, twice.\n"
    assert render(source).html == (
        "<p>¿Puedo limpiarla con vinagre?<br>\nSí: media taza (o menos).</p>\n"
        "<p>Then rinse it, twice.</p>"
    )


@pytest.mark.parametrize(
    "source",
    [
        "- milk", "1. first", "# title", "    code", "a *b* c", "a_b_c", "`code`", "a | b",
        "see https://example.org", "ask @ines", "[a](b)", "<b>", "a & b", "title\n---",
        "title\n===", "two spaces  \nat the end", "a\\b", "~~gone~~", "> said",
        "tab\there", "x" * 20_001,
    ],
)  # fmt: skip
def test_what_has_a_mark_goes_the_long_way(source):
    assert unmarked.rendered(source) is None


@pytest.mark.parametrize("source", ["a " * 9_999, "a\n" * 9_999 + "*", ("a b \n" * 4_000)[:20_000]])
def test_looking_takes_no_time_whatever_was_typed(source):
    begun = time.perf_counter()
    unmarked.rendered(source)
    assert time.perf_counter() - begun < 1
