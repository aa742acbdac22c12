"""What rules count, with each of their parts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.badges import queries, rounds
from community.badges.models import Award, Badge, Metric, Operator
from community.badges.queries.earners import earned
from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.members.models import Member
from community.questions.services import following, solving
from community.thanks import services as thanking
from community.votes.models import Vote
from community.votes.services import invalidate


def rule(metric, number=1, **facts):
    return Badge(metric=metric, number=number, **({"operator": Operator.AT_LEAST} | facts))


def who(badge, members=None):
    return {member for member, _post in earned(badge, members)}


def everybody():
    return list(db.session.scalars(select(Member.id)))


def test_only_what_happened_in_the_window_counts(make):
    with as_if_it_were(now() - timedelta(days=40)):
        old = make.question()
    new = make.question()
    both = {old.author_id, new.author_id}
    assert who(rule(Metric.QUESTIONS)) == both
    assert who(rule(Metric.QUESTIONS, window_days=30)) == {new.author_id}


def test_only_the_product_of_the_rule_counts(make):
    kettle, mill = make.product(), make.product()
    make.answer(make.question(product=mill))
    wanted = make.answer(make.question(product=kettle))
    assert who(rule(Metric.ANSWERS, product_id=kettle.id)) == {wanted.author_id}


@pytest.mark.parametrize(
    ("operator", "number", "holds"),
    [
        (Operator.AT_LEAST, 2, True),
        (Operator.AT_LEAST, 3, False),
        (Operator.AT_MOST, 2, True),
        (Operator.AT_MOST, 1, False),
        (Operator.EXACTLY, 2, True),
        (Operator.EXACTLY, 1, False),
    ],
)
def test_operators_compare(make, operator, number, holds):
    ann = make.member()
    make.question(ann)
    make.question(ann)
    assert (ann.id in who(rule(Metric.QUESTIONS, number, operator=operator))) is holds


def test_the_same_person_helped_twice_is_one(make):
    asker, ben = make.member(), make.member()
    for _each in range(2):
        question = make.question(asker)
        solving.accept(asker, question, make.answer(question, ben))
    assert who(rule(Metric.SOLUTIONS, 2)) == {ben.id}
    assert who(rule(Metric.HELPED, 2)) == set()
    assert who(rule(Metric.HELPED, 1)) == {ben.id}


def test_others_with_the_same_problem_count_once_it_is_solved(make):
    question = make.question()
    following.have_too(make.member(), question)
    answer = make.answer(question)
    assert who(rule(Metric.ME_TOOS)) == set()
    solving.accept(question.author, question, answer)
    assert who(rule(Metric.ME_TOOS)) == {answer.author_id}


def test_days_are_counted_not_posts(make):
    ann = make.member()
    make.question(ann)
    make.question(ann)
    assert who(rule(Metric.DAYS, 2)) == set()
    with as_if_it_were(now() - timedelta(days=3)):
        make.question(ann)
    assert who(rule(Metric.DAYS, 2)) == {ann.id}


def test_years_are_full_years(make):
    old = make.member(joined_at=now() - timedelta(days=2 * 366))
    make.member(joined_at=now() - timedelta(days=700))
    assert who(rule(Metric.YEARS, 2)) == {old.id}


def test_who_left_earns_nothing(make):
    question = make.question()
    question.author.deleted_at = now()
    make.keep(question.author)
    assert who(rule(Metric.QUESTIONS)) == set()


def test_a_revocable_badge_goes_when_its_reason_goes(make):
    question = make.question()
    values = {"name_en": "Fresh", "name_es": "Fresca", "metric": Metric.QUESTIONS}
    for key, revocable in (("kept", False), ("lent", True)):
        make.keep(Badge(key=key, revocable=revocable, **values))
    rounds.run_for([question.author_id])
    make.hidden(question)
    rounds.run_for([question.author_id])
    assert [each.badge.key for each in queries.of_member(question.author_id)] == ["kept"]


def test_what_an_import_brought_becomes_badges_with_holders(make):
    member = make.member(imported_from="se")
    for name, rank in (("Teacher", 3), ("Teacher", 3), ("Legend", 1)):
        make.keep(Award(member_id=member.id, name=name, rank=rank, imported_from="se"))
    rounds.run_all()
    rounds.run_all()
    held = [(each.badge.name, each.badge.tier, each.count) for each in queries.of_member(member.id)]
    assert held == [("Legend", "gold", 1), ("Teacher", "bronze", 2)]


@pytest.mark.parametrize(("days", "in_a_row"), [((5, 4, 3), 3), ((5, 3, 2), 2), ((5, 3, 1), 1)])
def test_days_in_a_row_end_with_a_gap(make, days, in_a_row):
    ann = make.member()
    for ago in days:
        for _twice in range(2):
            with as_if_it_were(now() - timedelta(days=ago)):
                make.question(ann)
    assert who(rule(Metric.STREAK, in_a_row)) == {ann.id}
    assert who(rule(Metric.STREAK, in_a_row + 1)) == set()


def test_days_of_two_members_are_no_row(make):
    with as_if_it_were(now() - timedelta(days=2)):
        make.question()
    with as_if_it_were(now() - timedelta(days=1)):
        make.question()
    assert who(rule(Metric.STREAK, 2)) == set()


def test_answers_count_from_their_score_on(make):
    ann = make.member()
    for votes in (2, 1):
        answer = make.answer(author=ann)
        for _vote in range(votes):
            make.voted(answer)
    assert who(rule(Metric.GOOD_ANSWERS, 2, score=1)) == {ann.id}
    assert who(rule(Metric.GOOD_ANSWERS, 2, score=2)) == set()


def test_only_the_first_answer_by_another_is_a_first_one(make):
    question = make.question()
    with as_if_it_were(now() - timedelta(minutes=3)):
        make.answer(question, author=question.author)
    with as_if_it_were(now() - timedelta(minutes=2)):
        make.answer(question)
    assert who(rule(Metric.FIRST_ANSWERS)) == who(rule(Metric.FIRST_ANSWERS), everybody()) == set()
    first, second = make.member(), make.member()
    question = make.question()
    with as_if_it_were(now() - timedelta(minutes=2)):
        make.answer(question, author=first)
    make.answer(question, author=second)
    assert who(rule(Metric.FIRST_ANSWERS)) == {first.id}
    assert who(rule(Metric.FIRST_ANSWERS), everybody()) == {first.id}


def test_thanks_count_for_who_is_thanked(make):
    answer = make.answer()
    thanking.thank(make.member(), answer)
    assert who(rule(Metric.THANKS)) == {answer.author_id}
    assert who(rule(Metric.THANKS, 2)) == set()


def test_votes_that_a_check_took_out_do_not_count(make):
    ann, answer = make.member(), make.answer()
    make.voted(answer, 1, ann)
    assert who(rule(Metric.VOTES)) == {ann.id}
    invalidate(list(db.session.scalars(select(Vote.id))))
    assert who(rule(Metric.VOTES)) == set()
