"""The record of what staff and automation did."""

import csv
import io

import pytest

from community.core.audit import record
from community.core.db import transaction
from community.moderation.sheets import defused

note = transaction(record)


@pytest.fixture
def acts(make):
    mia = make.moderator("mia")
    note(
        mia.id,
        "measure-hide",
        "posts:7",
        reason="It is rude.",
        after={"until": None, "rule": "abusive"},
    )
    note(None, "measure-hold", "posts:8", reason="=1+1")
    note(make.member("ann").id, "logged-in", "members:9")
    return mia


def rows(client, query):
    page = client.get(f"/moderation/log.csv?{query}")
    return list(csv.reader(io.StringIO(page.text.lstrip("\ufeff"))))[1:]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=mia", {"posts:7"}),
        ("who=@Mia", {"posts:7"}),
        ("who=-", {"posts:8"}),
        ("who=nobody", set()),
        ("what=measure-hold", {"posts:8"}),
        ("subject=posts:7", {"posts:7"}),
        ("since=2000-01-01&until=2099-01-01", {"posts:7", "posts:8"}),
        ("since=2099-01-01", set()),
        ("until=2001-01-01", set()),
    ],
)
def test_acts_are_found_by_who_what_subject_and_dates(acts, client, log_in, query, found):
    log_in(acts)
    assert {row[3] for row in rows(client, query)} == found
    page = client.get(f"/moderation/log?{query}").text
    assert {each for each in ("posts:7", "posts:8") if f">{each}<" in page} == found


def test_log_ins_of_members_are_nobodys_business(acts, client, log_in):
    log_in(acts)
    assert "logged-in" not in client.get("/moderation/log").text
    assert (
        rows(client, "what=logged-in") == []
        or client.get("/moderation/log.csv?what=logged-in").status_code == 422
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\uff1d1", "\r=1"])
def test_formulas_are_defused(cell):
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=b", "1+1", "", "ann@example.org"])
def test_plain_cells_stay(cell):
    assert defused(cell) == cell


def test_the_file_holds_no_formula(acts, client, log_in):
    log_in(acts)
    assert rows(client, "who=-")[0][6] == "'=1+1"


@pytest.mark.parametrize("query", ["since=yesterday", "since=0001-01-01", "what=<b>", "page=0"])
def test_nonsense_is_refused_clearly(acts, client, log_in, query):
    assert log_in(acts).get(f"/moderation/log?{query}").status_code in {404, 422}


def test_the_log_is_for_moderators_and_no_route_changes_it(acts, app, client, log_in):
    assert client.get("/moderation/log").status_code == 303
    assert log_in(acts).get("/moderation/log").status_code == 200
    assert log_in(acts).post("/moderation/log").status_code == 405
    ways = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/moderation/log")]
    assert all(rule.methods <= {"GET", "HEAD", "OPTIONS"} for rule in ways)
