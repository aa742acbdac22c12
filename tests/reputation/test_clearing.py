"""What the check took out of the count wrongly counts again, for good."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.reputation.fraud import Cast, bursts
from community.reputation.models import Booking
from community.reputation.queries import votes
from community.reputation.reactions import check_votes
from community.reputation.services import checking

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def burst(make, long_here, run_jobs):
    """A night's work: five votes of cam for ben are out of the count, one of dan is not."""
    ben, cam, dan = long_here("ben"), long_here("cam"), long_here("dan")
    answers = [make.voted(make.answer(author=ben), 1, cam) for _ in range(5)]
    make.voted(answers[0], 1, dan)
    run_jobs()
    before = bookings_of(ben)
    check_votes()
    run_jobs()
    return ben, cam, answers, before


def bookings_of(member):
    """What stands in the ledger, without what was taken back."""
    mine = db.session.scalars(select(Booking).where(Booking.member_id == member.id)).all()
    back = {each.reverses_id for each in mine}
    return sorted(
        (each.post_id, each.kind, each.amount, each.day, each.caused_by_id)
        for each in mine
        if each.id not in back and each.reverses_id is None
    )


def test_a_moderator_lets_votes_count_again_that_were_honest(make, log_in, run_jobs, burst):
    ben, _cam, answers, before = burst
    assert make.fresh(ben).reputation == 11
    mia = make.moderator("mia")
    listed = log_in(mia).get("/moderation/votes").text
    assert "5 votes of one member for posts of" in listed
    assert "Cam" not in listed
    address = listed.split('action="/moderation/votes/reversals/')[1].split('"')[0]
    place = f"/moderation/votes/reversals/{address}"
    assert "Cam" not in log_in(mia).post(place, data={"reason": " "}).text
    looked = log_in(mia).post(place, data={"reason": "Ben asks why"})
    assert looked.text.count("Cam → Ben") == 5
    refused = log_in(mia).post(f"{place}/clearance", data={"reason": ""})
    assert (refused.status_code, "Please give a reason" in refused.text) == (422, True)
    assert log_in(mia).post(f"{place}/clearance", data={"reason": "One household"}).location
    run_jobs()
    assert bookings_of(ben) == before
    assert make.fresh(ben).reputation == 61
    assert [make.fresh(answer).score for answer in answers] == [2, 1, 1, 1, 1]
    act = db.session.scalar(select(Act).where(Act.name == "votes-cleared"))
    assert (act.actor_id, act.reason, len(act.after)) == (mia.id, "One household", 5)
    assert "One household" in log_in(mia).get("/moderation/votes").text
    again = log_in(mia).post(f"{place}/clearance", data={"reason": "Once more"})
    assert again.status_code == 409


def test_what_a_moderator_cleared_stays_cleared(app, make, run_jobs, burst):
    ben, cam, _answers, _before = burst
    checking.clear(make.moderator(), votes.reversals()[0], "Honest")
    run_jobs()
    check_votes()
    run_jobs()
    assert make.fresh(ben).reputation == 61
    rebuilt = app.test_cli_runner().invoke(args=["reputation", "rebuild"])
    assert "set 0 totals right" in rebuilt.output
    assert make.fresh(ben).reputation == 61
    # A new vote is looked at by itself, and one is no burst.
    more = make.voted(make.answer(author=ben), 1, cam)
    check_votes()
    assert make.fresh(more).score == 1


def test_the_author_reads_what_was_reversed_and_came_back(make, log_in, run_jobs, burst):
    ben, *_others = burst
    address = f"/members/{ben.id}/ben/reputation"
    line = "Reversed by the check for unusual votes"
    assert log_in(ben).get(address).text.count(line) == 5
    checking.clear(make.moderator(), votes.reversals()[0], "Honest")
    run_jobs()
    page = log_in(ben).get(address).text
    assert page.count(line) == 5
    assert "+61" not in page


@pytest.mark.parametrize("who", ["member", "staff"])
def test_only_moderators_let_votes_count_again(make, log_in, burst, who):
    number = votes.reversals()[0].id
    page = log_in(getattr(make, who)()).post(
        f"/moderation/votes/reversals/{number}/clearance", data={"reason": "x"}
    )
    assert page.status_code == 403
    assert votes.reversals()[0].cleared_at is None


def test_cleared_votes_belong_to_no_burst_but_to_what_the_voter_does():
    cleared = [
        Cast(hour, 1, 2, START + timedelta(hours=hour), is_cleared=True) for hour in range(5)
    ]
    assert bursts(cleared) == set()
    new = [Cast(10 + hour, 1, 2, START + timedelta(hours=5 + hour)) for hour in range(5)]
    assert bursts([*cleared, *new[:4]]) == set()
    assert bursts([*cleared, *new]) == set()
    assert bursts(new) == {10, 11, 12, 13, 14}
