"""What was booked is found again."""

from datetime import timedelta

from community.core.clock import as_if_it_were, now
from community.reputation import queries
from community.votes import services as vote_services


def test_the_sums_by_kind_leave_out_what_was_taken_back(make, long_here, run_jobs):
    ben, cam, dan = long_here("ben"), long_here(), long_here()
    answer = make.answer(author=ben)
    for voter in (cam, dan):
        make.voted(answer, 1, voter)
    run_jobs()
    vote_services.cast_vote(dan, answer, 0)
    run_jobs()
    assert queries.by_kind(ben.id) == [queries.Summary("voted-up", 10, 1)]


def test_the_change_of_thirty_days_goes_by_the_day_of_the_vote(make, long_here, run_jobs):
    ben = long_here("ben")
    answer = make.answer(author=ben)
    with as_if_it_were(now() - timedelta(days=31)):
        make.voted(answer, 1, long_here())
    make.voted(answer, -1, long_here())
    run_jobs()
    assert queries.lately(ben.id) == -2
