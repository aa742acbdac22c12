"""Rows that are written past the unit of work: as it would write them."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select

from community.core.clock import now
from community.core.db import change_straight, db, save, save_straight
from community.questions.models import Answer, Question, State


def row_of(post) -> dict:
    table = type(post).__table__
    found = db.session.connection().execute(select(table).where(table.c.id == post.id))
    return dict(found.mappings().one())


def own_row_of(post) -> dict:
    """What the table says of a post, but for its number and what other kinds of posts have."""
    own = {each.columns[0].name for each in inspect(type(post)).column_attrs} - {"id"}
    return {name: value for name, value in row_of(post).items() if name in own}


@pytest.fixture
def answer(make):
    """Return a new answer each time, which nobody has written yet."""
    question, helper, moment = make.question(), make.member(), now()

    def _answer(**facts) -> Answer:
        return Answer(
            author_id=helper.id,
            question_id=question.id,
            product_id=question.product_id,
            body="Rinse it.",
            body_html="<p>Rinse it.</p>",
            created_at=moment,
            **facts,
        )

    return _answer


def test_it_is_written_as_the_unit_of_work_writes_it(answer):
    straight, usual = save_straight(answer(is_partial=True)), save(answer(is_partial=True))
    assert straight.id != usual.id
    assert own_row_of(straight) == own_row_of(usual)
    assert row_of(straight)["kind"] == "answer"


def test_what_other_kinds_of_rows_have_stays_empty(answer):
    row, own = row_of(save_straight(answer())), own_row_of(save_straight(answer()))
    assert row["content_changed_at"] is row["title"] is row["views"] is None
    assert not any(value for name, value in row.items() if name not in {*own, "id"})


def test_the_session_knows_the_object(answer):
    made = save_straight(answer())
    assert inspect(made).persistent
    assert db.session.get(Answer, made.id) is made
    assert made.score == 0
    assert made.deleted_at is None
    assert not db.session.dirty
    made.score = 3
    db.session.flush()
    assert row_of(made)["score"] == 3


def test_what_others_hang_on_is_left_to_the_unit_of_work(make):
    asked = make.question(tags=("limescale",))
    assert [tag.slug for tag in asked.tags] == ["limescale"]


def test_only_what_differs_is_written(make, count_queries):
    question = make.question()
    with count_queries() as sql:
        change_straight(question, answer_count=question.answer_count, state=question.state)
    assert not sql
    moment = now()
    with count_queries() as sql:
        change_straight(question, answer_count=3, state=State.SOLVED, active_at=moment)
    assert len(sql) == 1
    assert not db.session.dirty
    assert (question.answer_count, question.state, question.active_at) == (3, State.SOLVED, moment)
    db.session.expire_all()
    again = db.session.get(Question, question.id)
    assert (again.answer_count, again.state, again.active_at) == (3, State.SOLVED, moment)


def test_what_was_changed_on_the_object_before_is_still_written(make):
    question = make.question()
    question.views = 7
    change_straight(question, answer_count=3)
    db.session.flush()
    assert (row_of(question)["views"], row_of(question)["answer_count"]) == (7, 3)


def test_nothing_is_left_where_the_transaction_fails(answer):
    made = save_straight(answer())
    number = made.id
    db.session.rollback()
    assert db.session.get(Answer, number) is None
