"""Rings are found, honest heavy voters are left alone: by simulation, always the same."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.reputation.fraud import Cast, bursts, rings
from community.reputation.reactions import check_votes
from community.votes.models import Vote

START = datetime(2026, 1, 1, tzinfo=UTC)
MEMBERS, AUTHORS, DAYS = 400, 60, 90


def honest(chance, numbers):
    """Let members read for ninety days and vote for authors, of whom some write much more."""
    weights = [1 / (rank + 1) ** 0.8 for rank in range(AUTHORS)]
    for voter in range(1, MEMBERS + 1):
        rate = chance.paretovariate(1.2) / 10
        for day in range(DAYS):
            for _ in range(min(20, int(chance.expovariate(1 / rate)))):
                author = chance.choices(range(1, AUTHORS + 1), weights)[0]
                if author != voter:
                    at = START + timedelta(days=day, seconds=chance.randrange(86_400))
                    yield Cast(next(numbers), voter, author, at)


def ring(chance, numbers, members):
    """Let members vote for the next one in the circle, thrice a week."""
    for voter, author in zip(members, members[1:] + members[:1], strict=True):
        for week in range(12):
            for _ in range(3):
                at = START + timedelta(days=7 * week, seconds=chance.randrange(7 * 86_400))
                yield Cast(next(numbers), voter, author, at)


@pytest.mark.parametrize("seed", range(5))
def test_rings_and_bursts_are_found_and_honest_voters_left_alone(seed):
    chance, numbers = random.Random(seed), count(1)
    fair = list(honest(chance, numbers))
    made = [[2000 + 3 * n, 2001 + 3 * n, 2002 + 3 * n][: 2 + n % 2] for n in range(20)]
    unfair = [vote for members in made for vote in ring(chance, numbers, members)]
    burst = [
        Cast(next(numbers), 3000 + n, 1 + n % AUTHORS, START + timedelta(days=n, hours=hour))
        for n in range(20)
        for hour in range(5)
    ]
    reversed_votes = bursts([*fair, *burst])
    assert {vote.vote_id for vote in burst} <= reversed_votes
    wronged = [vote for vote in fair if vote.vote_id in reversed_votes]
    assert len(wronged) <= 0.005 * len(fair)
    reported = list(rings([*fair, *unfair]))
    assert {tuple(members) for members in made} <= set(reported)
    assert [each for each in reported if min(each) <= MEMBERS] == []


def cast(*hours, author=2, voter=1):
    return [Cast(hour, voter, author, START + timedelta(hours=hour)) for hour in hours]


def test_the_bounds_of_a_burst():
    assert bursts(cast(0, 1, 2, 3, 4)) == {0, 1, 2, 3, 4}
    assert bursts(cast(0, 1, 2, 3)) == set()
    assert bursts(cast(0, 1, 2, 3, 24)) == set()
    others = [Cast(100 + n, 1, 50 + n, START) for n in range(4)]
    assert bursts([*cast(0, 1, 2, 3, 4), *others]) == set()
    assert bursts([*cast(0, 1, 2, 3, 4), *others[:3]]) == {0, 1, 2, 3, 4}
    assert len(bursts(cast(*range(0, 160, 16)))) == 10
    assert bursts(cast(*range(0, 170, 19))) == set()


def test_a_night_reverses_a_burst_and_score_and_reputation_agree(make, long_here, run_jobs):
    ben, cam = long_here("ben"), long_here("cam")
    answers = [make.voted(make.answer(author=ben), 1, cam) for _ in range(5)]
    make.voted(answers[0], 1, long_here())
    run_jobs()
    assert make.fresh(ben).reputation == 61
    check_votes()
    run_jobs()
    assert make.fresh(ben).reputation == 11
    assert [make.fresh(answer).score for answer in answers] == [1, 0, 0, 0, 0]
    check_votes()
    assert db.session.scalar(select(Act.name)) == "votes-reversed"


@pytest.fixture
def pair(make, long_here):
    """Two members who vote for each other, a vote each week."""
    one, two = long_here("one"), long_here("two")
    for voter, author in ((one, two), (two, one)):
        for week in range(6):
            vote = make.voted(make.answer(author=author), 1, voter)
            row = db.session.scalar(
                select(Vote).where(Vote.member_id == voter.id, Vote.post_id == vote.id)
            )
            row.cast_at -= timedelta(days=10 * week)
            make.keep(row)
    return one, two


def test_moderators_see_who_voted_only_with_a_reason_that_is_recorded(make, log_in, pair):
    check_votes()
    check_votes()
    mia = make.moderator("mia")
    assert log_in(make.staff()).get("/moderation/votes").status_code == 403
    page = log_in(mia).get("/moderation/votes").text
    assert page.count("Look at the votes") == 1
    assert "One → Two" not in page
    address = page.split('action="/moderation/votes/')[1].split('"')[0]
    refused = log_in(mia).post(f"/moderation/votes/{address}", data={"reason": " "})
    assert refused.status_code == 422
    assert "One → Two" not in refused.text
    assert db.session.scalar(select(Act).where(Act.name == "votes-seen")) is None
    seen = log_in(mia).post(f"/moderation/votes/{address}", data={"reason": "Complaint 12"})
    assert seen.text.count("One → Two") == 6
    act = db.session.scalar(select(Act).where(Act.name == "votes-seen"))
    assert (act.actor_id, act.reason) == (mia.id, "Complaint 12")
    assert log_in(mia).post("/moderation/votes/4711", data={"reason": "x"}).status_code == 404
