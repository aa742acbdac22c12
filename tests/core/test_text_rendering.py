"""What members write and what everybody sees."""

import pytest

from community.core.text import RENDER_VERSION, Context, render, render_many

PICTURE = "ab" * 16 + ".png"
REL = 'rel="nofollow ugc noopener"'


def html(source, **context):
    rendered = render(source, Context(**context))
    assert not rendered.is_fallback
    return rendered.html.strip()


def test_a_text_carries_the_version_of_the_rules():
    assert render("hello").version == RENDER_VERSION


def test_nothing_renders_to_nothing():
    assert html("") == html(" \n\n") == ""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("~a~ and 2~3", "<p>~a~ and 2~3</p>"),
        ("<b>raw</b> & <!-- x -->", "<p>&lt;b&gt;raw&lt;/b&gt; &amp; &lt;!-- x --&gt;</p>"),
        ("[x](/a \"t\")", '<p><a href="/a" title="t">x</a></p>'),
        ("[x](javascript:alert(1)) y", "<p>x y</p>"),
        ("a\x00b\x02c\x03d", "<p>abcd</p>"),
        ("a\ud800b", "<p>a?b</p>"),
    ],
)  # fmt: skip
def test_markdown(source, expected):
    assert html(source) == expected


def test_headings_leave_room_for_the_headings_of_the_page():
    assert html("# a\n\n## b\n\n### c\n\n###### d") == (
        "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>\n<h6>d</h6>"
    )


def test_tables_align_without_style():
    table = html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in table
    assert "style" not in table


class TestAddresses:
    @pytest.mark.parametrize(
        ("source", "address"),
        [
            ("see https://example.org/a_b_c_d for more", "https://example.org/a_b_c_d"),
            ("https://example.org.", "https://example.org"),
            ("(https://example.org/a)", "https://example.org/a"),
            ("https://example.org/a_(b)", "https://example.org/a_(b)"),
            ("**https://example.org**", "https://example.org"),
            ("<https://example.org/>", "https://example.org/"),
            ("http://example.org?a=1&b=2", "http://example.org?a=1&amp;b=2"),
        ],
    )
    def test_become_links_marked_for_search_engines(self, source, address):
        assert f'<a href="{address}" {REL}>{address}</a>' in html(source)

    @pytest.mark.parametrize(
        "source",
        [
            "`https://example.org`",
            "    https://example.org",
            "```\nhttps://example.org\n```",
            "xhttps://example.org",
            "https://",
            "https://ann@example.org",
            "javascript://example.org",
            "ftp://example.org",
        ],
    )
    def test_near_misses_stay_text(self, source):
        assert "<a" not in html(source)

    def test_in_a_link_are_not_linked_twice(self):
        assert html("[https://a.example](https://b.example)") == (
            f'<p><a href="https://b.example" {REL}>https://a.example</a></p>'
        )

    def test_on_this_site_need_no_mark(self):
        assert html("[x](/questions/7)") == '<p><a href="/questions/7">x</a></p>'


class TestMentions:
    ANN = {"ann": "/members/7/ann"}  # noqa: RUF012

    def test_of_a_member_lead_to_the_profile(self):
        assert html("Thanks @Ann!", mentions=self.ANN) == (
            '<p>Thanks <a href="/members/7/ann" class="mention">@Ann</a>!</p>'
        )

    @pytest.mark.parametrize(
        "source",
        ["@annabel", "mail@ann", "`@ann`", "```\n@ann\n```", "@ben", "@@ann", "a/@ann"],
    )
    def test_near_misses_stay_text(self, source):
        assert "<a" not in html(source, mentions=self.ANN)

    def test_in_a_link_stay_text(self):
        assert "mention" not in html("[@ann](https://example.org)", mentions=self.ANN)

    def test_cannot_be_forged(self):
        forged = html('<a class="mention" href="/x">@ann</a>', mentions={})
        assert "<a" not in forged


class TestPictures:
    def test_have_their_size_so_that_the_page_does_not_jump(self):
        assert html(f"![A *router*](/uploads/{PICTURE})", images={PICTURE: (640, 480)}) == (
            f'<p><img src="/uploads/{PICTURE}" alt="A *router*" width="640" height="480"'
            ' loading="lazy"></p>'
        )

    def test_of_unknown_size_are_shown_too(self):
        assert f'<img src="/uploads/{PICTURE}" alt="" loading="lazy">' in html(
            f"![](/uploads/{PICTURE})"
        )

    def test_from_elsewhere_become_links(self):
        assert html("![plan](https://example.org/x.png)") == (
            f'<p><a href="https://example.org/x.png" {REL}>plan</a></p>'
        )

    def test_from_elsewhere_inside_a_link_become_its_text(self):
        assert html("[![build](https://example.org/x.png)](https://example.org)") == (
            f'<p><a href="https://example.org" {REL}>build</a></p>'
        )

    def test_with_an_address_that_is_not_allowed_leave_their_description(self):
        assert html("![x](data:image/png;base64,AA)") == "<p>x</p>"


class TestCode:
    def test_is_marked_with_classes_on_the_server(self):
        code = html("```python\ndef f(): return '<b>'\n```")
        assert '<pre><code class="language-python"><span class="k">def</span>' in code
        assert "&lt;b&gt;" in code

    def test_in_an_unknown_language_stays_plain(self):
        assert html("```klingon\n<x>\n```") == (
            '<pre><code class="language-klingon">&lt;x&gt;\n</code></pre>'
        )

    def test_without_a_language_stays_plain(self):
        assert html("```\nx = 1\n```") == "<pre><code>x = 1\n</code></pre>"

    def test_that_is_very_long_stays_plain(self):
        assert "<span" in html("```python\n" + "x = 1\n" * 100 + "```")
        assert "<span" not in html("```python\n" + "x = 1\n" * 2500 + "```")

    def test_keeps_its_white_space(self):
        assert html("```python\n\n\n  a\n\n```").endswith(">a</span>\n\n</code></pre>")


class TestLists:
    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("Try:\n- a\n- b", "<p>Try:</p> <ul> <li>a</li> <li>b</li> </ul>"),
            ("Try:\n1. a", "<p>Try:</p> <ol> <li>a</li> </ol>"),
            ("In\n1986. Well", "<p>In<br> 1986. Well</p>"),
            ("It was\n-5 degrees", "<p>It was<br> -5 degrees</p>"),
            ("- a\n  - b", "<ul> <li>a<ul> <li>b</li> </ul> </li> </ul>"),
            ("- a\n    - b", "<ul> <li>a<ul> <li>b</li> </ul> </li> </ul>"),
            ("- a\n - b", "<ul> <li>a</li> <li>b</li> </ul>"),
            ("3) a", '<ol start="3"> <li>a</li> </ol>'),
            ("    - code", "<pre><code>- code </code></pre>"),
        ],
    )
    def test_work_as_people_write_them(self, source, expected):
        assert " ".join(html(source).split()) == expected

    def test_may_hold_code_in_a_step(self):
        steps = html("1. Run\n   ```sh\n   a\n     b\n   ```\n2. Wait")
        assert "<pre><code>a\n  b\n</code></pre>" in steps
        assert steps.count("<li>") == 2
        assert steps.count("<ol") == 1

    def test_may_hold_several_paragraphs(self):
        assert html("- a\n\n  b\n\n- c").count("<p>") == 3


def test_many_texts_render_like_each_of_them():
    sources = ["**a**", "", "@ann"]
    assert render_many(sources) == [render(source) for source in sources]
