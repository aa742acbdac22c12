"""SQLite plans with what it knows about its tables."""

import pytest
from sqlalchemy import insert, select, text

from community.core import table_statistics
from community.core.db import db
from community.questions.models import Question
from community.questions.queries import cards, lists

MANY, FOUND = 200, 20


@pytest.fixture
def found(make):
    """The numbers of a few out of many questions."""
    table = Question.__table__
    first = make.question().id
    row = dict(db.session.execute(select(table).where(table.c.id == first)).mappings().one())
    db.session.execute(insert(table), [row | {"id": first + each} for each in range(1, MANY)])
    return range(first, first + FOUND)


def plan(statement) -> str:
    told = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    rows = db.session.execute(text(f"EXPLAIN QUERY PLAN {told}"))
    return " / ".join(row.detail for row in rows)


@pytest.mark.sqlite
def test_what_was_found_is_read_by_its_numbers_and_not_among_all_questions(found):
    assert "posts USING INTEGER PRIMARY KEY" in plan(cards._PUBLIC.params(ids=list(found)))


@pytest.mark.sqlite
def test_with_statistics_that_is_so_for_statements_that_name_the_kind_too(found):
    by_number = select(Question.title).where(Question.id.in_(found))
    assert "posts USING INTEGER PRIMARY KEY" not in plan(by_number)
    table_statistics.gather()
    assert "posts USING INTEGER PRIMARY KEY" in plan(by_number)


@pytest.mark.sqlite
def test_lists_of_few_do_not_read_all_questions(found, count_queries):
    table_statistics.gather()
    for few in (lists.solved_lately, lambda: lists.pinned(None)):
        with count_queries() as sql:
            assert few() == []
        values = sql[0].count("?") * [1]
        rows = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {sql[0]}", tuple(values)
        )
        read = [row.detail for row in rows if " posts USING " in row.detail]
        assert read
        assert not any("kind=?" in each for each in read)


def test_postgresql_gathers_its_own(make, count_queries):
    with count_queries() as sql:
        table_statistics.gather()
    wanted = [] if db.engine.dialect.name == "postgresql" else ["PRAGMA", "ANALYZE"]
    assert [each.split()[0] for each in sql if "SAVEPOINT" not in each] == wanted
