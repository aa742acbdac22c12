"""White space by which templates are laid out, taken out; what people typed stays."""

from hypothesis import given
from hypothesis import strategies as st

from community.core.text.tight import tightened

KEPT = ("<pre>\n  a\n\n  b</pre>", "<textarea rows=2>\n\n two\n\n lines </textarea>")
PARTS = st.sampled_from(["<p>", "</p>", "a", "b c", "\n", "\n    ", "  ", "\t\n", *KEPT])


def test_a_run_of_white_space_with_a_line_break_becomes_the_break():
    assert tightened("<ul>  \n\n    <li>a b</li>\t\n  </ul>") == "<ul>\n<li>a b</li>\n</ul>"
    assert tightened("<b>a</b> <i>b</i>") == "<b>a</b> <i>b</i>"


@given(st.lists(PARTS, max_size=12).map("".join))
def test_nothing_else_is_lost(html):
    tight = tightened(html)
    assert tight.split() == html.split()
    assert tightened(tight) == tight
    assert len(tight) <= len(html)
    for kept in KEPT:
        assert tight.count(kept) == html.count(kept)
