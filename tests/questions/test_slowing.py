"""Threads that are slowed down: everybody waits between two posts, and nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from community.core.clock import now
from community.core.db import db, transaction
from community.core.errors import Invalid, TooMany
from community.moderation.models.measures import MeasureAct
from community.moderation.services import measuring
from community.posts.models import Post
from community.questions import queries
from tests.questions.test_thread import address


@pytest.fixture
def slow(make):
    question = make.question(make.member("ann"))
    slow_down(make, question)
    return make.fresh(question)


def slow_down(make, post, **facts):
    wish = {"act": MeasureAct.SLOW, "seconds": 600, "ends_at": now() + timedelta(hours=2)}
    return make.measured(post_id=post.id, **wish | facts)


@transaction
def long_ago(post, minutes):
    moment = now() - timedelta(minutes=minutes)
    db.session.execute(update(Post).where(Post.id == post.id).values(created_at=moment))


def test_a_member_waits_between_two_posts_and_reads_how_long(make, slow):
    cat = make.member("cat")
    first = make.answer(slow, cat)
    number = first.id
    with pytest.raises(TooMany) as told:
        make.comment(queries.answer_by_id(number), cat)
    assert 590 <= told.value.seconds <= 600
    assert "10 minutes" in str(told.value)
    make.answer(queries.by_id(slow.id), make.member("dan"))
    long_ago(first, 11)
    make.answer(queries.by_id(slow.id), db.session.get(type(cat), cat.id))


def test_elsewhere_and_after_the_end_nobody_waits(make, slow):
    cat = make.member("cat")
    make.answer(slow, cat)
    make.answer(make.question(), cat)
    question = make.fresh(slow)
    question.slow_until = now() - timedelta(seconds=1)
    db.session.flush()
    make.answer(queries.by_id(slow.id), cat)


def test_staff_and_moderators_do_not_wait(make, slow):
    for member in (make.staff("sam"), make.moderator("mia")):
        make.answer(slow, member)
        make.answer(slow, member)


def test_what_was_typed_stands_in_the_form_again(make, slow, log_in):
    cat = make.member("cat")
    long_ago(make.answer(slow, cat), 1)
    answer = log_in(cat).post(
        f"/questions/{slow.id}/answers", data={"body": "One more thing: use vinegar."}
    )
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 500
    assert "One more thing: use vinegar." in answer.text
    assert "Please send this again in" in answer.text


def test_everybody_reads_that_it_is_slow(make, slow, client):
    assert "everybody waits 10 minutes between two posts" in client.get(address(slow)).text


def test_the_asker_gets_reasons_and_taking_it_back_ends_it(make, slow):
    measure = slow_down(make, make.question())
    assert "everybody waits between two posts in it" in measure.statement
    assert "Each member waits 10 minutes." in measure.statement
    question = queries.by_id(measure.post_id)
    assert (question.slow_seconds, question.is_slow) == (600, True)
    measuring.lift(make.moderator(), measure.id, "It is calm again.")
    assert (make.fresh(question).slow_seconds, question.slow_until) == (None, None)


@pytest.mark.parametrize(
    "wrong", [{"seconds": None}, {"seconds": 0}, {"seconds": 90_000}, {"ends_at": None}]
)
def test_it_takes_a_wait_and_an_end(make, wrong):
    with pytest.raises(Invalid):
        slow_down(make, make.question(), **wrong)


def test_only_questions_are_slowed_down(make):
    with pytest.raises(Invalid):
        slow_down(make, make.answer())
    with pytest.raises(Invalid):
        slow_down(make, make.question(), act=MeasureAct.LOCK)


def test_the_dialog_is_filled_in_and_takes_the_measure(make, log_in):
    question = make.question()
    mod = log_in(make.moderator())
    where = f"/moderation/measure?post={question.id}"
    assert "Slow the thread down" in mod.get(f"{where}&act=slow").text
    answer_id = make.answer(question).id
    assert "Slow the thread down" not in mod.get(f"/moderation/measure?post={answer_id}").text
    data = {"act": "slow", "seconds": 300, "hours": 6, "rule": "abusive", "facts": "It is heated."}
    assert mod.post(where, data=data).status_code == 303
    assert make.fresh(question).slow_seconds == 300
    again = mod.post(where, data=data | {"seconds": 0})
    assert again.status_code == 422
    assert "It is heated." in again.text
