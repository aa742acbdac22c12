"""Finding and changing words, and what texts have in common."""

import time

import pytest

from community.core.errors import Invalid
from community.moderation.checks.texts import are_nearly_the_same, fingerprint, hosts_in
from community.moderation.spam.features import Letter
from community.moderation.spam.judging import Weights, judge, packed, unpacked
from community.moderation.watching import lists
from community.moderation.watching.changing import changed, found_in
from community.moderation.watching.patterns import Watched, WordAct, compiled, stands_in


def word(pattern, act=WordAct.HOLD, **facts):
    return Watched(pattern=pattern, act=act, **facts)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("niño", "el niño malo", True),
        ("niño", "los niños", False),
        ("niñ*", "los niños", True),
        ("año", "ano", False),
        ("CAFÉ", "un café", True),
        ("*phone", "an iphone", True),
        ("cheap phone", "a CHEAP\n phone!", True),
        ("c++", "I like c++ so much", True),
        ("cash", "cashier", False),
    ],
)
def test_whole_words_and_stars(pattern, text, found):
    assert stands_in(word(pattern), text) is found


def test_a_part_of_a_word_is_found_only_if_that_is_wanted():
    assert stands_in(word("crypto", is_part=True), "cryptocoins")
    assert not stands_in(word("crypto"), "cryptocoins")


@pytest.mark.parametrize("text", ["v\u200biagra", "ｖｉａｇｒａ"])  # noqa: RUF001
def test_hidden_marks_and_other_shapes_do_not_hide_a_word(text):
    assert found_in(text, [word("viagra")], "en")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*x", "(x+x+)+y"])
def test_a_catastrophic_pattern_takes_no_time(pattern):
    began = time.perf_counter()
    found_in("a" * 30_000 + "!" + "x" * 10_000, [word(pattern, is_regex=True)], "en")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("pattern", ["(", "(?:a{500}){500}", "a*", "(?=a)b"])
def test_a_pattern_that_cannot_be_used_is_refused_with_the_reason(pattern):
    with pytest.raises(Invalid):
        compiled(pattern, is_regex=True)


def test_words_are_blackened_and_replaced_where_they_stand():
    words = [word("damn", WordAct.CENSOR), word("kettel", WordAct.REPLACE, instead="kettle")]
    assert changed("Damn, my KETTEL; damned", words, "en") == "■■■■, my kettle; damned"


def test_a_list_reads_what_it_writes():
    kept = [
        word("cheap *", WordAct.REPLACE, language="en", instead="dear"),
        word("c[a4]sh", WordAct.REFUSE, is_regex=True),
        word("crypto", WordAct.FLAG, is_part=True),
    ]
    assert lists.read(lists.written(kept), WordAct.HOLD) == kept


def test_the_first_line_that_is_wrong_is_named():
    with pytest.raises(Invalid, match="Line 3"):
        lists.read("# words\ncasino\n/(/\n", WordAct.HOLD)


def test_the_same_words_are_the_same_text_and_others_are_not():
    assert fingerprint("Buy now, friends!").exact == fingerprint("BUY  now friends").exact
    long = "My kettle leaks at the lid since last week and the filter does not hold any more at all"
    assert are_nearly_the_same(long, long.replace("week", "month"))
    assert not are_nearly_the_same(long, "Which descaler do you recommend for hard water here?")


def test_sites_are_found_in_links_and_in_what_did_not_become_one():
    html = (
        '<p><a href="https://www.shop.example/a" rel="x">a</a> <a href="https://own.example/">b</a>'
    )
    assert hosts_in(html, "[https://other.example|?]", "own.example") == (
        "shop.example",
        "other.example",
    )


def test_the_filter_names_what_decided_and_survives_being_stored():
    weights = unpacked(packed(Weights(-1.0, {"watches": (2.0, 4.0), "kettle": (2.0, -4.0)})))
    spam = judge(weights, Letter(title="", text="watches"))
    good = judge(weights, Letter(title="", text="kettle"))
    assert spam.score > 0.9 > 0.1 > good.score
    assert spam.reasons == (("watches", 4.0),)
