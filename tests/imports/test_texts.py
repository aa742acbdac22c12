"""Texts in processes of their own."""

import os
import signal

import pytest

from community.imports import texts
from community.imports.links import Links
from community.imports.texts import Foreign, Workshop, make_ready

LINKS = Links("kitsune", "https://support.example")


@pytest.fixture(scope="module")
def workshop():
    with Workshop(LINKS, workers=1) as workshop:
        yield workshop


def test_texts_come_back_in_order_however_many(workshop):
    wanted = [Foreign(f"<p>Text <b>{number}</b></p>") for number in range(250)]
    ready = workshop.begin(wanted)()
    assert [each.source for each in ready] == [f"Text **{number}**" for number in range(250)]
    assert "<strong>7</strong>" in ready[7].html


def test_markdown_is_rendered_and_kept(workshop):
    (ready,) = workshop.begin([Foreign("*Very* hard <script>", is_html=False)])()
    assert ready.source == "*Very* hard <script>"
    assert "<em>Very</em>" in ready.html
    assert "<script>" not in ready.html


def test_a_process_that_dies_is_replaced_and_no_text_is_lost(workshop):
    wanted = [Foreign(f"<p>Text {number}</p>") for number in range(300)]
    result = workshop.begin(wanted)
    for worker in list(workshop._pool._processes):
        os.kill(worker, signal.SIGKILL)
    assert [each.source for each in result()] == [f"Text {number}" for number in range(300)]
    assert workshop.begin(wanted[:1])()[0].source == "Text 0"


def test_a_text_that_cannot_be_converted_is_shown_as_typed(monkeypatch):
    def fail(_html):
        raise RecursionError

    monkeypatch.setattr(texts, "from_html", fail)
    (ready,) = make_ready([Foreign("<p>Hi <script>alert(1)</script></p>")], LINKS)
    assert ready.as_typed
    assert ready.html == "<pre>&lt;p&gt;Hi &lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</pre>"


def test_a_monstrous_text_is_cut_and_shown_as_typed():
    (ready,) = make_ready([Foreign("<b>" * 100_000)], LINKS)
    assert ready.as_typed
    assert len(ready.source) == texts.LONGEST


def test_deep_nesting_does_no_harm(workshop):
    (ready,) = workshop.begin([Foreign("<div><b>" * 20_000 + "deep")])()
    assert "deep" in ready.source


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/questions/12", "/imported/kitsune/q/12"),
        ("/en-US/questions/12#answer-34", "/imported/kitsune/a/34"),
        ("/q/12?x=1", "/imported/kitsune/q/12"),
        ("https://support.example/questions/12/slug#34", "/imported/kitsune/a/34"),
        ("http://support.example/a/34", "/imported/kitsune/a/34"),
        ("/kb/some-article", "https://support.example/kb/some-article"),
        ("https://elsewhere.example/questions/12", "https://elsewhere.example/questions/12"),
        ("//elsewhere.example/q/1", "//elsewhere.example/q/1"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_links_to_old_posts_are_renewed(address, expected):
    html = f'<a class="x" href="{address}">a</a> <a href=\'{address}\'>b</a>'
    assert LINKS.renewed(html) == html.replace(address, expected)


def test_links_within_a_forum_whose_address_nobody_told_lead_nowhere_else():
    links = Links("stack-exchange")
    assert links.renewed('<a href="/help/x">x</a>') == '<a href="">x</a>'
    assert links.renewed('<a href="/q/7">x</a>') == '<a href="/imported/stack-exchange/q/7">x</a>'
