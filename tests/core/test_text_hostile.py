"""Whatever is written, nothing that is not on the list reaches a page."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core.text import Context, clean_html, from_html, render
from community.core.text.sanitizing import purified
from tests.core.text_oracle import not_allowed
from tests.corpora import rows

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](tel:0900123456)",
    "[x](search-ms:1)",
    "![x](cid:1)",
    "![x](https://example.org/track.png)",
    '![x](/uploads/x"onerror="alert(1))',
    '[x](https://example.org "\x22 onmouseover=alert(1)")',
    "<https://example.org/\x22onmouseover=alert(1)>",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "# <svg/onload=alert(1)>",
    "<div markdown=1 onclick=alert(1)>x</div>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src onerror=alert(1)>'>",
    "<form action=/log-out><button>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='//example.org'>x</a><a href='/\\example.org'>y</a>",
    "<p style='position:fixed' id=csrf_token class=btn>x</p>",
    "<base href='https://example.org'><meta http-equiv=refresh content=0>",
    "```html\n<script>alert(1)</script>\n```",
    "``` x\" onclick=\"alert(1)\n\n```",
    "```{.python #id onclick=alert(1)}\nx\n```",
    "| <img src=x onerror=alert(1)> |\n|---|\n| [x](vbscript:x) |",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0\x03 <b onclick=x>",
    "https://example.org/\"><script>alert(1)</script>",
    "@ann<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through(attack):
    assert not_allowed(render(attack).html) == []
    assert not_allowed(clean_html(attack)) == []


@pytest.mark.parametrize("corpus", ["xss/own_only.jsonl", "xss/bleach_digits.jsonl"])
def test_no_attack_of_a_larger_set_gets_through(corpus):
    bad = {}
    for row in rows(corpus):
        for html in (render(row["payload"]).html, clean_html(row["payload"])):
            if not_allowed(html):
                bad[row["id"]] = not_allowed(html)
    assert bad == {}


def test_naughty_strings_are_shown_not_run():
    for row in rows("strings/blns.jsonl"):
        text = next(value for key, value in row.items() if key in {"payload", "text", "s", "value"})
        assert not_allowed(render(text).html) == []


# Pieces that mean something to Markdown, to HTML or to the placeholders between the stages.
PIECES = st.sampled_from(
    [
        *"</>\"'&;#*_~`[]()!|-:\n\t\\=\x00\x02\x03\u202e\u200b\ud800\xa0é",
        *[
            "```python",
            "1. ",
            "@ann",
            "\n\n",
            "\x02wzxhzdk:0\x03",
            "<a ",
            "<p>",
            "<br>",
            "</a>",
            "<pre><code>",
        ],
        *[
            "href=",
            "src=",
            "onclick=",
            "javascript:",
            "data:",
            "https://",
            "https://example.org",
            "&#106;",
        ],
        *[
            "&lt;",
            "<!--",
            "-->",
            "<![CDATA[",
            "<?x",
            "style=",
            "title=",
            "/uploads/",
            "<svg>",
            "<style>",
            "</h1>",
            "<h1",
        ],
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(TEXTS)
def test_rendering_never_raises_and_keeps_to_the_list(text):
    rendered = render(text, Context({"ann": "/members/7/ann"}))
    assert not_allowed(rendered.html) == []
    assert purified(rendered.html) == rendered.html


@MANY
@given(TEXTS)
def test_cleaning_never_raises_and_keeps_to_the_list(text):
    markdown, html = from_html(text)
    assert not_allowed(html) == []
    assert purified(html) == html
    assert not_allowed(render(markdown).html) == []
