"""Putting threads in order: answers that are comments, comments that are answers, and splitting."""

import pytest

from community.core.errors import Forbidden, Invalid
from community.questions import queries
from community.questions.services import rearranging, solving


def test_an_answer_becomes_a_comment_with_its_comments_and_back(make):
    mia, question = make.moderator(), make.question()
    answer = make.answer(question)
    below = make.comment(answer)
    number = answer.id
    rearranging.make_comment(mia, answer)
    comment = queries.post_by_id(number)
    assert (comment.kind, comment.parent_id) == ("comment", question.id)
    assert make.fresh(below).parent_id == question.id
    assert make.fresh(question).answer_count == 0
    rearranging.make_answer(mia, comment)
    assert queries.answer_by_id(number).kind == "answer"
    assert make.fresh(question).answer_count == 1


def test_the_solution_stays_an_answer(make):
    mia, ann = make.moderator(), make.member()
    question = make.question(ann)
    answer = make.answer(question)
    solving.accept(ann, question, answer)
    with pytest.raises(Invalid):
        rearranging.make_comment(mia, answer)


def test_the_earliest_answer_becomes_a_question_and_others_go_along(make, client):
    mia, question, cat = make.moderator(), make.question(), make.member("cat")
    stays, first, second = make.answer(question), make.answer(question, cat), make.answer(question)
    on_first, on_second = make.comment(first), make.comment(second)
    make.voted(first)
    numbers = [each.id for each in (second, first)]
    new = rearranging.split(mia, question, numbers, "How do I clean the lid?", "Another matter")
    assert (new.id, new.title, new.author_id) == (numbers[1], "How do I clean the lid?", cat.id)
    assert (new.product_id, new.score, new.state) == (question.product_id, 1, "responded")
    assert make.fresh(on_first).hangs_on == (new.id, new.id)
    assert make.fresh(on_second).hangs_on == (new.id, numbers[0])
    assert (make.fresh(question).answer_count, new.answer_count) == (1, 1)
    assert make.fresh(stays).question_id == question.id
    assert client.get(f"/answers/{new.id}").location == f"/questions/{new.id}/{new.slug}"
    assert client.get(f"/answers/{numbers[0]}").location.startswith(f"/questions/{new.id}/")
    assert client.get(f"/questions/{new.id}/{new.slug}").status_code == 200


def test_what_is_marked_does_not_leave(make):
    mia, ann = make.moderator(), make.member("ann")
    question, other = make.question(ann), make.question()
    solution, official, elsewhere = make.answer(question), make.answer(question), make.answer(other)
    solving.accept(ann, question, solution)
    solving.make_official(make.staff(), official)
    for wrong in ([solution.id], [official.id], [elsewhere.id], []):
        with pytest.raises(Invalid):
            rearranging.split(mia, queries.by_id(question.id), wrong, "How do I clean the lid?")


def test_only_moderators_put_threads_in_order(make, log_in):
    answer = make.answer()
    for other in (make.member(), make.staff()):
        with pytest.raises(Forbidden):
            rearranging.make_comment(other, answer)
    client = log_in(make.moderator())
    assert "Make it a comment" in client.get(f"/posts/{answer.id}/kind").text
    assert client.post(f"/posts/{answer.id}/kind").status_code == 303
    assert "Make it an answer" in client.get(f"/posts/{answer.id}/kind").text
