"""Columns of a few words of our own: comparisons say them in the statement itself."""

import pytest
from sqlalchemy import bindparam, select

from community.core.db import db
from community.posts.models import Post
from community.questions.models import Answer, Question, Reply

KIND = Post.__table__.c.kind


def told(condition) -> tuple[str, dict]:
    compiled = condition.compile(db.engine)
    return str(compiled), compiled.params


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (KIND == "question", "posts.kind = 'question'"),
        (KIND != "comment", "posts.kind != 'comment'"),
        (KIND.in_(["question"]), "posts.kind = 'question'"),
        (KIND.in_({"answer"}), "posts.kind = 'answer'"),
        (KIND.in_(("question", "answer")), "posts.kind IN ('question', 'answer')"),
        (KIND.is_(None), "posts.kind IS NULL"),
    ],
    ids=str,
)
def test_a_word_stands_in_the_statement(app, condition, said):
    assert told(condition) == (said, {})


@pytest.mark.parametrize("word", ["it's", "x' OR '1'='1", "a b", "", "ñ", "1", 'a"'])
def test_what_is_no_plain_word_is_sent_beside_it(app, word):
    sql, sent = told(word == KIND)
    assert "'" not in sql
    assert list(sent.values()) == [word]
    sql, sent = told(KIND.in_(["question", word]))
    assert word not in sql.replace("'question'", "") or word == ""
    assert word in sent.values()


def test_what_is_told_later_is_sent_beside_it(app):
    assert told(bindparam("kind") == KIND)[1] == {"kind": None}


def test_no_words_find_nothing(make):
    make.question()
    assert db.session.scalars(select(Post.id).where(Post.kind.in_([]))).all() == []


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Question, "posts.kind = 'question'"),
        (Answer, "posts.kind = 'answer'"),
        (Reply, "posts.kind IN ('answer', 'comment')"),
    ],
)
def test_statements_about_a_kind_of_post_name_it(app, kind, said):
    assert said in told(select(kind.id))[0]


@pytest.mark.sqlite
def test_lists_are_found_in_indexes_that_hold_questions_only(make):
    make.question()
    sql, _sent = told(select(Question.id).order_by(Question.active_at.desc(), Question.id.desc()))
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
    assert "ix_posts_public_kind" in plan[0].detail
