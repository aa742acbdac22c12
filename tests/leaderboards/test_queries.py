from datetime import timedelta

from community.core.clock import now
from community.leaderboards import queries, services
from community.leaderboards.models import Span
from community.questions.services import solving


def solved(make, author, **facts):
    question = make.question(**facts)
    answer = make.answer(question, author=author)
    solving.accept(question.author, question, answer)
    return answer


def names(span=Span.ALL, product_id=queries.ALL_PRODUCTS):
    services.replace(queries.worked_out())
    return [
        (each.member.handle, each.points, each.solutions, each.helpful)
        for each in queries.board(span, product_id)
    ]


def test_a_solution_counts_three_and_a_helpful_answer_one(make):
    ann, ben = make.member("ann"), make.member("ben")
    make.voted(make.answer(author=ann))
    solved(make, ben)
    assert names() == [("ben", 3, 1, 0), ("ann", 1, 0, 1)]


def test_an_answer_that_helped_nobody_yet_counts_nothing(make):
    make.answer(author=make.member("ann"))
    assert names() == []


def test_a_solution_that_was_voted_up_counts_once(make):
    make.voted(solved(make, make.member("ben")))
    assert names() == [("ben", 3, 1, 0)]


def test_answers_to_the_own_question_do_not_count(make):
    ann = make.member("ann")
    make.voted(make.answer(make.question(ann), author=ann))
    assert names() == []


def test_staff_who_left_who_is_suspended_and_who_opted_out_are_not_shown(make):
    for member in (
        make.staff(),
        make.admin(),
        make.member(deleted_at=now()),
        make.member(suspended_at=now()),
        make.member(joins_leaderboards=False),
    ):
        solved_by = make.answer(author=make.member())
        solved_by.author_id = member.id
        make.keep(solved_by)
        make.voted(solved_by)
    assert names() == []


def test_who_opts_out_is_gone_before_the_boards_are_worked_out_anew(make):
    ben = make.member("ben")
    solved(make, ben)
    assert names() == [("ben", 3, 1, 0)]
    ben.joins_leaderboards = False
    make.keep(ben)
    assert list(queries.board(Span.ALL, queries.ALL_PRODUCTS)) == []


def test_each_product_has_a_board_of_its_own(make):
    ann, ben = make.member("ann"), make.member("ben")
    kettle, pan = make.product(), make.product()
    solved(make, ann, product=kettle)
    solved(make, ben, product=pan)
    assert [each[0] for each in names(product_id=kettle.id)] == ["ann"]
    assert [each[0] for each in names()] == ["ann", "ben"]


def test_a_week_looks_back_seven_days_and_not_eight(make):
    ann, ben = make.member("ann"), make.member("ben")
    for member, days in ((ann, 6), (ben, 8)):
        answer = solved(make, member)
        answer.created_at = now() - timedelta(days=days)
        make.keep(answer)
    assert [each[0] for each in names(Span.WEEK)] == ["ann"]
    assert [each[0] for each in names(Span.MONTH)] == ["ann", "ben"]


def test_hidden_answers_and_answers_to_hidden_questions_do_not_count(make):
    make.hidden(make.voted(make.answer()))
    question = make.question()
    make.voted(make.answer(question))
    make.hidden(question)
    assert names() == []


def test_the_boards_take_as_many_statements_for_two_helpers_as_for_ten(make, count_queries):
    counts = []
    for helpers in (2, 8):
        for _number in range(helpers):
            solved(make, make.member())
        with count_queries() as sql:
            queries.worked_out()
        counts.append(len(sql))
    assert counts == [4, 4]
