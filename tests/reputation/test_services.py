"""Reputation follows from the facts, and taking back takes back exactly."""

from datetime import timedelta

import pytest

from community.core.clock import as_if_it_were, now
from community.core.errors import Forbidden
from community.questions.services import editing, solving
from community.reputation import amounts, queries
from community.reputation.services import booking, ruling
from community.votes import services as vote_services


@pytest.fixture
def ben(long_here):
    return long_here("ben")


@pytest.fixture
def voters(long_here):
    return [long_here() for _ in range(12)]


def test_votes_and_the_solution_bring_what_the_issue_says(make, long_here, ben, lines, run_jobs):
    ann, cam = long_here("ann"), long_here("cam")
    question = make.question(author=ann)
    answer = make.answer(question, author=ben)
    make.voted(question, 1, cam)
    make.voted(answer, 1, cam)
    make.voted(answer, -1, ann)
    solving.accept(ann, question, answer)
    run_jobs()
    assert lines(ben) == [("voted-up", 10), ("voted-down", -2), ("solution", 15)]
    assert lines(ann) == [("voted-up", 10), ("voting-down", -1), ("marking-solution", 2)]
    assert lines(cam) == []
    assert make.fresh(ben).reputation == 1 + 23
    assert make.fresh(ann).reputation == 1 + 11


def test_voting_a_question_down_costs_the_voter_nothing(make, long_here, lines, run_jobs):
    cam = long_here()
    make.voted(make.question(), -1, cam)
    run_jobs()
    assert lines(cam) == []


def test_a_vote_that_is_turned_or_taken_back_leaves_exactly_nothing(
    make, ben, voters, lines, run_jobs
):
    answer = make.answer(author=ben)
    for value in (1, -1, 0):
        vote_services.cast_vote(voters[0], answer, value)
        run_jobs()
    assert lines(ben) == [
        ("voted-up", 10),
        ("voted-up", -10),
        ("voted-down", -2),
        ("voted-down", 2),
    ]
    assert make.fresh(ben).reputation == 1
    assert sum(amount for _kind, amount in lines(voters[0])) == 0


def test_one_does_not_earn_by_solving_the_own_question(make, ben, lines, run_jobs):
    question = make.question(author=ben)
    solving.accept(ben, question, make.answer(question, author=ben))
    run_jobs()
    assert lines(ben) == []


def test_a_mark_by_staff_brings_the_asker_nothing(make, ben, long_here, lines, run_jobs):
    ann = long_here("ann")
    question = make.question(author=ann)
    solving.accept(make.staff(), question, make.answer(question, author=ben))
    run_jobs()
    assert lines(ben) == [("solution", 15)]
    assert lines(ann) == []


def test_a_solution_taken_back_is_taken_from_both(make, ben, long_here, run_jobs):
    ann = long_here("ann")
    question = make.question(author=ann)
    answer = make.answer(question, author=ben)
    solving.accept(ann, question, answer)
    run_jobs()
    solving.take_back_solution(ann, question, answer)
    run_jobs()
    assert make.fresh(ben).reputation == make.fresh(ann).reputation == 1
    assert make.fresh(question).solved_by_id is None


def test_an_official_answer_earns_none_while_it_is_one(make, ben, voters, run_jobs):
    answer, staff = make.answer(author=ben), make.staff()
    make.voted(answer, 1, voters[0])
    run_jobs()
    solving.make_official(staff, answer)
    run_jobs()
    assert make.fresh(ben).reputation == 1
    solving.take_back_official(staff, answer)
    run_jobs()
    assert make.fresh(ben).reputation == 11


def test_a_deleted_post_earns_none_while_it_is_away(make, ben, voters, run_jobs):
    answer = make.voted(make.answer(author=ben), 1, voters[0])
    editing.delete(ben, answer)
    run_jobs()
    assert make.fresh(ben).reputation == 1
    editing.undelete(ben, answer)
    run_jobs()
    assert make.fresh(ben).reputation == 11


def test_one_post_brings_at_most_a_hundred_from_votes(make, ben, voters, run_jobs):
    answer = make.answer(author=ben)
    for voter in voters:
        make.voted(answer, 1, voter)
        run_jobs()
    assert make.fresh(ben).reputation == 101
    vote_services.cast_vote(voters[0], answer, 0)
    run_jobs()
    assert make.fresh(ben).reputation == 101
    make.voted(answer, -1, voters[0])
    run_jobs()
    assert make.fresh(ben).reputation == 99


def test_a_day_brings_at_most_two_hundred_from_votes_and_says_so(make, ben, voters, run_jobs):
    answers = [make.answer(author=ben) for _ in range(3)]
    for answer in answers:
        for voter in voters[:8]:
            make.voted(answer, 1, voter)
    run_jobs()
    assert make.fresh(ben).reputation == 201
    with as_if_it_were(now() + timedelta(days=1)):
        make.voted(answers[0], 1, voters[9])
        run_jobs()
    assert make.fresh(ben).reputation == 211
    booked = queries.ledger_of(ben.id, 1).items
    assert sum(each.is_capped for each in booked if each.kind == "voted-up") == 4


def test_solutions_do_not_count_against_the_day(make, ben, voters, run_jobs):
    make.set(amounts.A_DAY, 10)
    for voter in voters[:2]:
        question = make.question(author=voter)
        answer = make.answer(question, author=ben)
        make.voted(answer, 1, voter)
        solving.accept(voter, question, answer)
    run_jobs()
    assert make.fresh(ben).reputation == 1 + 10 + 30


def test_a_vote_counts_only_after_the_first_day_of_the_voter(make, ben, run_jobs):
    answer, newcomer = make.answer(author=ben), make.member()
    make.voted(answer, 1, newcomer)
    run_jobs()
    assert make.fresh(ben).reputation == 1
    with as_if_it_were(now() + timedelta(days=1, seconds=5)):
        run_jobs()
    assert make.fresh(ben).reputation == 11


def test_a_vote_taken_back_in_the_first_day_never_counts(make, ben, run_jobs):
    answer, newcomer = make.answer(author=ben), make.member()
    make.voted(answer, 1, newcomer)
    run_jobs()
    vote_services.cast_vote(newcomer, answer, 0)
    with as_if_it_were(now() + timedelta(days=1, seconds=5)):
        run_jobs()
    assert make.fresh(ben).reputation == 1


def test_spam_costs_a_hundred_and_a_mistake_is_made_good(make, ben, long_here, run_jobs):
    answer = make.answer(author=ben)
    question = make.question(author=ben)
    for _ in range(11):
        make.voted(question, 1, long_here())
        make.voted(answer, 1, long_here())
    run_jobs()
    mia = make.moderator("mia")
    ruling.confirm_spam(mia, answer.id)
    ruling.confirm_spam(mia, answer.id)
    assert make.fresh(ben).reputation == 101
    ruling.take_back_spam(mia, answer.id)
    assert make.fresh(ben).reputation == 201
    with pytest.raises(Forbidden):
        ruling.confirm_spam(make.member(), answer.id)


def test_nobody_falls_below_one(make, ben, run_jobs):
    ruling.confirm_spam(make.moderator(), make.answer(author=ben).id)
    assert make.fresh(ben).reputation == 1


def test_it_is_kept_for_each_product(make, ben, voters, run_jobs):
    kettle, toaster = make.product("Kettle"), make.product("Toaster")
    for product, times in ((kettle, 2), (toaster, 1)):
        answer = make.answer(make.question(product=product), author=ben)
        for voter in voters[:times]:
            make.voted(answer, 1, voter)
    run_jobs()
    assert queries.by_product(ben.id) == [("Kettle", "kettle", 20), ("Toaster", "toaster", 10)]


def test_settling_twice_is_settling_once(make, ben, voters, lines, run_jobs):
    answer = make.voted(make.answer(author=ben), 1, voters[0])
    run_jobs()
    assert booking.settle(answer.id) == set()
    assert booking.settle(4711) == set()
    assert lines(ben) == [("voted-up", 10)]
