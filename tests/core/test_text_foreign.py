"""Text that comes from another forum."""

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from xml.etree import ElementTree

import pytest

from community.core.text import clean_html, from_html, html_to_markdown, render

REL = 'rel="nofollow ugc noopener"'
DUMP = Path("../shared/data/thunderbird-2024/Posts.xml")


ABROAD = "https://example.org"
CLEANED = {
    "<p>a <b>b</b> <i>c</i></p>": "<p>a <strong>b</strong> <em>c</em></p>",
    "<p><s>d</s> <strike>e</strike></p>": "<p><del>d</del> <del>e</del></p>",
    "<h1>a</h1><h2>b</h2><h6>c</h6>": "<h3>a</h3><h4>b</h4><h6>c</h6>",
    "<pre class='x'><code>a &lt; b\n c</code></pre>": "<pre><code>a &lt; b\n c</code></pre>",
    "<script>alert(1)</script><style>p {}</style>x": "x",
    "<p onclick=x style=y id=z>a</p>": "<p>a</p>",
    "<div>a</div><font>b</font>": "ab",
    f"<img src={ABROAD}/x.png alt=plan>": f'<a href="{ABROAD}/x.png" {REL}>plan</a>',
    f"<img src={ABROAD}/x.png alt=:smile:>": ":smile:",
    f"<a href='{ABROAD}'>x</a>": f'<a href="{ABROAD}" {REL}>x</a>',
    f'<a href="{ABROAD}/?a=1&amp;b=2" rel="nofollow">x</a>': (
        f'<a href="{ABROAD}/?a=1&amp;b=2" {REL}>x</a>'
    ),
    "<a href='/x' class=mention>x</a>": '<a href="/x" class="mention">x</a>',
    f"<a href='{ABROAD}' class=mention>x</a>": f'<a href="{ABROAD}" {REL}>x</a>',
    "<a href='javascript:x'>x</a> <a name=y>z</a>": "x z",
    "<p>a<p>b": "<p>a</p><p>b</p>",
    "1 < 2 & 3": "1 &lt; 2 &amp; 3",
}


@pytest.mark.parametrize(("html", "clean"), CLEANED.items())
def test_is_cleaned_by_the_same_list(html, clean):
    assert clean_html(html) == clean


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <strong>b</strong> <em>c</em> <del>d</del> <code>e</code></p>",
        "<h3>a</h3><p>b</p><h4>c</h4>",
        "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
        "<ol><li>a</li><li>b</li></ol><p>c</p>",
        "<blockquote><p>a</p></blockquote><p>b</p>",
        "<pre><code>a &lt; b\n  *c*\n</code></pre>",
        f'<p><a href="https://example.org/a_b" {REL}>https://example.org/a_b</a></p>',
        f'<p>see <a href="https://example.org/a_b_c" {REL}>the page</a></p>',
        "<p>a<br>b</p>",
        "<p>1 &lt; 2 &amp; *no* _emphasis_ snake_case # x</p>",
        "<hr>",
        '<p><a href="/questions/7">/questions/7</a></p>',
        f'<p>&lt;<a href="mailto:ann@example.org" {REL}>ann@example.org</a>&gt;</p>',
        "<ol><li><p>a</p><pre><code>b\n  c</code></pre></li><li><p>d</p></li></ol>",
        "<blockquote><p>a</p><pre><code>b\n</code></pre></blockquote>",
        "<pre><code>a\n```\nb\n</code></pre>",
        "<p>a <code>b`c</code></p>",
        "<p>1. no list</p><p>- none</p><p># none</p><p>&gt; none</p><p>+ none</p>",
        "<p>`no` ~~no~~ [no](/x) ![no](/x) &lt;b&gt; &amp;amp; \\* </p>",
        "<p>a = b<br>===</p>",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>1|2</td><td>3</td></tr></tbody></table>",
    ],
)
def test_as_markdown_renders_to_the_same(html):
    again = render(html_to_markdown(html)).html
    assert _same(again) == _same(html)


def test_line_ends_in_html_do_not_end_lines():
    assert html_to_markdown("<p>a\nb<br>c</p>") == "a b\nc"


def test_cleaning_and_converting_go_together():
    assert from_html("<h1>a</h1><script>x</script>") == ("# a", "<h3>a</h3>")


def test_a_pool_of_processes_can_do_it():
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(clean_html, ["<b>a</b>", "<i>b</i>"])) == [
            "<strong>a</strong>",
            "<em>b</em>",
        ]


def test_a_language_is_kept_with_its_code():
    clean = clean_html('<pre><code class="language-python">x = 1\n</code></pre>')
    assert html_to_markdown(clean) == "```python\nx = 1\n```"


def test_a_real_forum_of_47_000_posts_comes_in_quickly():
    if not DUMP.exists():
        pytest.skip(f"{DUMP} is not here")
    bodies = [row.get("Body") for row in ElementTree.parse(DUMP).getroot()][::20]
    started = time.process_time()
    for body in bodies:
        from_html(body)
    assert (time.process_time() - started) * 20 < 120  # seconds of one core for all


def _same(html):
    """Leave out what only layout sees: white space between blocks, and the end of a code block."""
    for block in [
        "p",
        "li",
        "ul",
        "ol",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]:
        for tag in (f"<{block}>", f"</{block}>"):
            html = tag.join(part.strip() for part in html.split(tag))
    return html.replace("\n</code>", "</code>").replace("<br>\n", "<br>").strip()
