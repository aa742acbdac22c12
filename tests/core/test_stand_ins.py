"""HTML that is made once for all that differ by their number alone."""

from __future__ import annotations

from community.core import deeds, holes
from community.core.shared_parts import of_facts_and_number
from community.core.stand_ins import STAND_IN, with_number
from community.core.text import trusted


def render() -> str:
    own = holes.mine(f"vote-{STAND_IN}", {1: "up", -1: trusted(f"down on {STAND_IN}")}, "none")
    return f'<p id="answer-{STAND_IN}">{own} {holes.given("score")}</p>'


def test_the_number_stands_where_the_stand_in_was(app):
    made = holes.with_holes(render)
    with app.test_request_context():
        assert with_number(made, 7).filled(score="3") == '<p id="answer-7">none 3</p>'
        assert with_number(made, 12).filled(score="0") == '<p id="answer-12">none 0</p>'


def test_what_a_visitor_did_is_found_by_the_number(app):
    made = holes.with_holes(render)
    with app.test_request_context():
        deeds.did({"vote-7": -1, "vote-12": 1})
        assert with_number(made, 7).filled(score="3") == '<p id="answer-7">down on 7 3</p>'
        assert with_number(made, 12).filled(score="3") == '<p id="answer-12">up 3</p>'
        assert with_number(made, 70).filled(score="3") == '<p id="answer-70">none 3</p>'


def test_its_holes_are_left_open_in_what_contains_it(app):
    made = holes.with_holes(render)
    page = holes.with_holes(lambda: with_number(made, 7).filled(score="3"))
    with app.test_request_context():
        deeds.did({"vote-7": 1})
        assert page.filled() == '<p id="answer-7">up 3</p>'


def test_it_is_made_once_for_all_numbers(app, monkeypatch):
    monkeypatch.setitem(app.config, "KEPT_PAGES", True)
    made = []

    def noted() -> str:
        made.append(True)
        return render()

    with app.test_request_context():
        texts = [of_facts_and_number("a fact", each, noted, score="1") for each in (7, 8)]
        other = of_facts_and_number("another fact", 7, noted, score="1")
    assert texts == ['<p id="answer-7">none 1</p>', '<p id="answer-8">none 1</p>']
    assert other == texts[0]
    assert len(made) == 2
