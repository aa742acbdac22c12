"""What rules count, with each of their parts."""

from datetime import timedelta

import pytest

from community.badges import queries, rounds
from community.badges.models import Award, Badge, Metric, Operator
from community.badges.queries.facts import earned
from community.core.clock import as_if_it_were, now
from community.questions.services import following, solving


def rule(metric, number=1, **facts):
    return Badge(metric=metric, number=number, **({"operator": Operator.AT_LEAST} | facts))


def who(badge, members=None):
    return {member for member, _post in earned(badge, members)}


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
