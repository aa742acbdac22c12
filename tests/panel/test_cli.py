"""What may change while the forum runs, changed by command."""

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.brand import COLOUR, WELCOME
from community.core.db import db
from community.core.settings import known
from community.panel.queries.settings import changeable


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["settings", *words])


def test_a_setting_is_changed_shown_and_recorded(run):
    done = run("set", "votes_up_a_day", " 40 ")
    assert (done.exit_code, done.output) == (0, "votes_up_a_day = 40\n")
    assert run("get", "votes_up_a_day").output == "40\n"
    assert known["votes_up_a_day"].get() == 40
    act = db.session.scalars(select(Act)).one()
    assert (act.subject, act.before, act.after) == ("settings:votes_up_a_day", 20, 40)


def test_the_list_names_every_setting_and_what_it_was(run):
    run("set", "edits_a_day", "7")
    listed = run("list").output
    assert all(f"{each.name} = " in listed and str(each.meaning) in listed for each in changeable())
    assert "edits_a_day = 7" in listed
    assert "Unless changed: 30" in listed


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("votes_up_a_day", "many", "whole number from 0"),
        ("votes_up_a_day", "1.5", "whole number from 0"),
        ("votes_up_a_day", "٤", "whole number from 0"),
        ("votes_up_a_day", "1000001", "to 1000000"),
        ("brand_name", "  ", "1 to 40 characters"),
        ("brand_name", "x" * 41, "1 to 40 characters"),
        ("brand_language", "xx", "en, es"),
        ("brand_colour", "blue", "#17616b"),
        ("brand_colour", "#ffee00", "nearest that can"),
        ("brand_welcome", "x" * 301, "300"),
        ("brand_logo", "../../etc/passwd", "There is no setting"),
        ("nonsense", "1", "There is no setting nonsense"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(run, name, value, said):
    done = run("set", name, value)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert db.session.scalars(select(Act)).all() == []


def test_what_takes_points_away_stays_below_zero(run):
    assert run("set", "--", "reputation_spam", "-50").exit_code == 0
    assert run("set", "reputation_spam", "50").exit_code == 1
    assert run("set", "--", "votes_up_a_day", "-1").exit_code == 1


def test_the_brand_changes_too(run):
    run("set", "brand_colour", "#A03050")
    run("set", "brand_welcome", "Hola")
    assert (COLOUR.get(), WELCOME.get()) == ("#a03050", "Hola")
    run("set", "brand_welcome", "")
    assert WELCOME.get() == ""


def test_an_unknown_setting_is_not_shown(run):
    assert run("get", "sample_products").exit_code == 1
