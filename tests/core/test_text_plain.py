"""Words without markup."""

import time

import pytest

from community.core.text import escape, excerpt, plain_text, render, trusted


def test_plain_text_keeps_words_apart_and_resolves_entities():
    html = (
        "<h3>A</h3><p>b <em>c</em>d<br>e</p><ul><li>f</li><li>g</li></ul><p>&lt;i&gt; &amp; ü</p>"
    )
    assert plain_text(html) == "A\nb cd\ne\nf\ng\n<i> & ü"


def test_plain_text_of_code_has_no_marks_of_highlighting():
    assert plain_text(render("```python\nx = 1\n```").html) == "x = 1"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Hi\n\nThe **router** is [here](https://example.org).", "Hi The router is here."),
        ("- a\n- b\n1. c", "a b c"),
        ("> quoted\n\n`code` ~~old~~", "quoted code old"),
        ("snake_case and 2*3 stay", "snake_case and 2*3 stay"),
        ("![A photo](/uploads/x.png) after", "A photo after"),
        ("```python\nx\n```", "x"),
        ("", ""),
    ],
)
def test_an_excerpt_has_no_marks(source, words):
    assert excerpt(source) == words


def test_an_excerpt_ends_between_words():
    assert excerpt("one two three, four", 16) == "one two three…"
    assert excerpt("one two", 7) == "one two"
    assert len(excerpt("a" * 500)) == 160


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "*", "> ", "```\n", "|", " "])
def test_an_excerpt_takes_linear_time(piece):
    started = time.process_time()
    excerpt(piece * 50_000)
    plain_text(piece * 50_000)
    assert time.process_time() - started < 1


def test_what_is_not_ours_is_escaped_and_what_is_ours_is_trusted():
    assert escape("<b>") == "&lt;b&gt;"
    assert f"{trusted('<b>')}{escape(trusted('<i>'))}" == "<b><i>"
