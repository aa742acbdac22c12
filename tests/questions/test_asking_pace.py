"""Members write at a human pace: few posts on the first day, and none in a burst."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.core import clock
from community.core.db import db, transaction
from community.core.errors import TooMany
from community.questions.models import Question
from community.questions.services import pacing
from tests.factories import keep

FORM = {
    "title": "The kettle drips after every use",
    "body": "I fill it, it boils, and then water drips from below.",
    "kind": "question",
    "lang": "en",
}


@pytest.fixture
def old(make):
    return make.member("ann", joined_at=clock.now() - timedelta(days=2))


@pytest.fixture
def new(make):
    return make.member("new")


def asked_ago(make, author, *ages):
    """Let an author have asked so many seconds ago."""
    for seconds in ages:
        question = make.question(author)
        question.created_at = clock.now() - timedelta(seconds=seconds)
        keep(question)


def wait_of(member, kind="question"):
    with pytest.raises(TooMany) as refusal:
        pacing.take_turn(member, kind)
    return refusal.value.seconds


def test_who_has_not_posted_may_post_at_once(new):
    pacing.take_turn(new, "question")


def test_members_wait_five_seconds_between_posts(make, old):
    asked_ago(make, old, 2)
    assert 1 <= wait_of(old) <= 3
    asked = db.session.query(Question).one()
    asked.created_at = clock.now() - timedelta(seconds=5)
    keep(asked)
    pacing.take_turn(old, "question")


def test_new_members_wait_thirty_seconds(make, new):
    asked_ago(make, new, 10)
    assert 18 <= wait_of(new, "comment") <= 20


def test_new_members_ask_three_times_on_their_first_day(make, new):
    asked_ago(make, new, 3600, 1800, 600)
    wait = wait_of(new)
    assert timedelta(hours=22, minutes=59) < timedelta(seconds=wait) <= timedelta(hours=23)
    pacing.take_turn(new, "answer")


def test_what_is_older_than_a_day_does_not_count(make, old):
    asked_ago(make, old, *[86_401] * 25)
    pacing.take_turn(old, "question")


def test_deleting_does_not_let_one_ask_more(make, new):
    asked_ago(make, new, 3600, 1800, 600)
    for question in db.session.query(Question):
        question.deleted_at = clock.now()
        keep(question)
    assert wait_of(new) > 60


def test_staff_and_moderators_have_no_pace(make):
    for person in (make.staff(), make.moderator()):
        asked_ago(make, person, *[1] * 4)
        pacing.take_turn(person, "question")


def test_admins_change_the_pace(make, old):
    asked_ago(make, old, 60)

    @transaction
    def allow_one():
        pacing.A_DAY["question"].put(1)

    allow_one()
    assert wait_of(old) > 3600


def test_who_asks_too_fast_is_told_how_long_to_wait_and_loses_nothing(log_in, make, new):
    product = make.product("Mug")
    make.question(new, product=product)
    page = log_in(new).post("/questions/new/mug", data=FORM)
    assert page.status_code == 429
    assert 20 <= int(page.headers["Retry-After"]) <= 30
    assert "send this again in" in page.text
    assert FORM["title"] in page.text
    assert FORM["body"] in page.text


def test_sending_twice_in_a_second_leads_to_the_one_question(log_in, make, new):
    make.product("Mug")
    form = FORM | {"submission_key": "one"}
    first = log_in(new).post("/questions/new/mug", data=form)
    second = log_in(new).post("/questions/new/mug", data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
