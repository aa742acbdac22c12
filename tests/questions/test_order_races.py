"""Moderators who put threads in order, and others at the same moment: real processes."""

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.members.models import Member
from community.posts.models import Post
from community.posts.texts import prepare
from community.questions import queries
from community.questions.models import Question
from community.questions.models.merging import Merge
from community.questions.services import answering, joining, rearranging
from tests.factories import Factory
from tests.questions.test_concurrency import House


@pytest.fixture
def house(tmp_path, own_database):
    return House(tmp_path, own_database)


@pytest.fixture
def scene(house):
    """Two threads with an answer each, two moderators and a crowd; as numbers."""
    with house.open():
        make = Factory()
        one, two = make.question(make.member("ann")), make.question(make.member("bea"))
        return {
            "one": one.id,
            "two": two.id,
            "answers": [make.answer(one).id, make.answer(two).id],
            "moderators": [make.moderator(name).id for name in ("mia", "max")],
            "crowd": [make.member(f"cam{number}").id for number in range(6)],
            "text": prepare("Tighten the ring."),
        }


def member(number):
    return db.session.get(Member, number)


def merging(who, question_id, into_id):
    def act():
        actor, one, other = member(who), queries.by_id(question_id), queries.by_id(into_id)
        return lambda: joining.merge(actor, one, other)

    return act


def number_of_answers(question_id):
    given = select(func.count()).select_from(Post).where(Post.kind == "answer")
    return db.session.scalar(given.where(queries.belongs_to(question_id)))


def test_two_moderators_who_merge_crosswise_merge_once(house, scene):
    mia, max_ = scene["moderators"]
    outcomes = house.together(
        merging(mia, scene["one"], scene["two"]), merging(max_, scene["two"], scene["one"])
    )
    assert sorted(outcomes) == ["Forbidden", "done"]
    with house.open():
        one, two = queries.by_id(scene["one"]), queries.by_id(scene["two"])
        merged, kept = (one, two) if outcomes[0] == "done" else (two, one)
        assert (merged.merged_into_id, kept.merged_into_id) == (kept.id, None)
        assert (kept.answer_count, number_of_answers(kept.id)) == (2, 2)
        assert db.session.scalar(select(func.count(Merge.id))) == 1


def test_no_answer_is_lost_that_is_given_while_threads_are_merged(house, scene):
    def answering_by(number):
        def act():
            actor, question = member(number), queries.by_id(scene["two"])
            draft = answering.ReplyDraft(text=scene["text"])
            return lambda: answering.answer(actor, question, draft)

        return act

    merge = merging(scene["moderators"][0], scene["two"], scene["one"])
    outcomes = house.together(merge, *map(answering_by, scene["crowd"]))
    assert outcomes[0] == "done"
    assert set(outcomes[1:]) <= {"done", "Forbidden"}
    with house.open():
        given = 2 + outcomes[1:].count("done")
        assert number_of_answers(scene["two"]) == 0
        assert number_of_answers(scene["one"]) == queries.by_id(scene["one"]).answer_count == given


def test_two_moderators_who_split_the_same_answer_off_split_once(house, scene):
    def splitting(who):
        def act():
            actor, question = member(who), queries.by_id(scene["one"])
            numbers = scene["answers"][:1]
            return lambda: rearranging.split(actor, question, numbers, "How do I clean the lid?")

        return act

    outcomes = house.together(*map(splitting, scene["moderators"]))
    assert outcomes.count("done") == 1
    with house.open():
        assert isinstance(db.session.get(Post, scene["answers"][0]), Question)
        assert queries.by_id(scene["one"]).answer_count == 0
