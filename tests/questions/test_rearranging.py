"""Putting threads in order: answers that are comments, comments that are answers, and splitting."""

import pytest

from community.core.db import db
from community.core.errors import Forbidden, Invalid
from community.posts.models import Post
from community.posts.texts import prepare
from community.questions import queries
from community.questions.services import asking, rearranging, solving


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


def test_answers_get_a_question_of_their_own(make):
    mia, question = make.moderator(), make.question()
    stays, goes = make.answer(question), make.answer(question)
    below = make.comment(goes)
    product = make.product()
    draft = asking.Draft(
        title="How do I clean the lid?",
        text=prepare("This was asked beside another question, and stands here now."),
        product_id=product.id,
    )
    new = rearranging.split(mia, question, [goes.id], draft)
    for moved in (goes, below):
        row = db.session.get(Post, moved.id, populate_existing=True)
        assert (row.question_id, row.product_id) == (new.id, product.id)
    assert make.fresh(stays).question_id == question.id
    assert (make.fresh(question).answer_count, make.fresh(new).answer_count) == (1, 1)
    with pytest.raises(Invalid):
        rearranging.split(mia, make.fresh(question), [goes.id], draft)


def test_only_moderators_put_threads_in_order(make, log_in):
    answer = make.answer()
    for other in (make.member(), make.staff()):
        with pytest.raises(Forbidden):
            rearranging.make_comment(other, answer)
    client = log_in(make.moderator())
    assert "Make it a comment" in client.get(f"/posts/{answer.id}/kind").text
    assert client.post(f"/posts/{answer.id}/kind").status_code == 303
    assert "Make it an answer" in client.get(f"/posts/{answer.id}/kind").text
