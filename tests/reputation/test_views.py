"""Members see what they earned, and others only by kind of deed."""

import re

import pytest

from community.core.db import db
from community.members.models import Member
from community.votes import services as vote_services
from community.votes.models import Vote


@pytest.fixture
def ben(make, long_here, run_jobs):
    ben, cam = long_here("ben"), long_here("cam")
    answer = make.answer(make.question(title="Why does it leak?"), author=ben)
    make.voted(answer, 1, cam)
    make.voted(make.answer(author=ben), 1, cam)
    run_jobs()
    return ben


def test_a_member_sees_each_line_with_its_post(log_in, ben):
    page = log_in(ben).get(f"/members/{ben.id}/ben/reputation").text
    assert "Why does it leak?" in page
    assert page.count("ledger__line") == 2
    assert "Cam" not in page


def test_others_see_sums_and_no_posts(client, make, log_in, ben):
    for visitor in (client, log_in(make.admin())):
        page = visitor.get(f"/members/{ben.id}/ben/reputation").text
        assert "Voted up" in page
        assert "+20" in page
        assert "Why does it leak?" not in page
        assert "ledger__line" not in page


def test_what_a_check_reversed_is_said_without_names(make, log_in, ben, run_jobs):
    vote = db.session.query(Vote).first()
    vote_services.invalidate([vote.id])
    run_jobs()
    page = log_in(ben).get(f"/members/{ben.id}/ben/reputation").text
    assert "Reversed by the check for unusual votes" in page
    assert "Cam" not in page
    assert make.fresh(ben).reputation == 11


def test_the_profile_shows_the_sum_and_the_change(client, ben):
    page = client.get(f"/members/{ben.id}/ben").text
    assert re.search(r"<strong>\s*21\s*</strong>", page)
    assert "+20" in page


def test_old_handles_lead_on_and_strangers_are_unknown(client, ben):
    answer = client.get(f"/members/{ben.id}/old/reputation")
    assert answer.status_code == 301
    assert answer.location == f"/members/{ben.id}/ben/reputation"
    assert client.get("/members/4711/x/reputation").status_code == 404
    assert client.get(f"/members/{ben.id}/ben/reputation?page=9").status_code == 200


def test_the_statements_do_not_grow_with_the_lines(
    make, long_here, log_in, ben, run_jobs, count_queries
):
    def statements():
        log_in(ben).get(f"/members/{ben.id}/ben/reputation")
        with count_queries() as sql:
            assert log_in(ben).get(f"/members/{ben.id}/ben/reputation").status_code == 200
        return len(sql)

    before = statements()
    db.session.expunge_all()
    again = db.session.get(Member, ben.id)
    for _ in range(6):
        make.voted(make.answer(author=again), 1, long_here())
    run_jobs()
    assert statements() == before
