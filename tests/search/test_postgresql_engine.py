"""What very many documents have is looked for among a part of them, with bounds set small here."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from sqlalchemy import create_engine, event, text

from community.search.engine import Document
from community.search.postgresql_engine import finding, likeness, marks
from community.search.postgresql_engine.engine import PostgreSQLEngine
from community.search.postgresql_engine.tables import SCHEMA, TERMS
from community.search.query import Sort, parse
from tests.servers.postgresql import fresh_database

BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
MANY = 400
BOUND = 20


@pytest.fixture(scope="module")
def server():
    engine = create_engine(fresh_database())
    yield engine
    engine.dispose()


@pytest.fixture
def small_bounds(monkeypatch):
    """Let a few documents count as very many."""
    monkeypatch.setattr(marks, "SIZES", (2, 4, 8, 16, 32, 64))
    monkeypatch.setattr(finding, "MOST_RANKED", BOUND)
    monkeypatch.setattr(finding, "ENOUGH", 1.2 * BOUND)
    monkeypatch.setattr(finding, "LEAST_FOUND", BOUND)
    monkeypatch.setattr(finding, "MOST_READ", 4 * BOUND)
    monkeypatch.setattr(finding, "MOST_READ_FOR_PHRASES", 10 * BOUND)
    monkeypatch.setattr(likeness, "MOST_CANDIDATES", BOUND)
    monkeypatch.setattr(likeness, "MOST_MET", 10 * BOUND)


@pytest.fixture
def engine(server, small_bounds):
    made = PostgreSQLEngine(lambda: server)
    made.replace_all(documents())
    return made


def documents():
    """One a day: all about printers, one in ten in red, one in a hundred with a cable."""
    for n in range(MANY):
        words = ["printer", "red" if n % 10 == 0 else "blue", "cable" if n % 100 == 3 else ""]
        yield Document(
            key=f"questions:{n}",
            title=f"Number n{n}",
            text=" ".join(words),
            lang="en",
            product="press" if n % 2 else "robot",
            solved=n % 4 == 0,
            author="ann" if n < 3 else "ben",
            created_at=BEGIN + timedelta(days=n),
            score=n // 10 if n < 200 else 0,
        )


def numbers(engine, typed, page=1, size=20, **filters):
    hits = engine.find(parse(typed, **filters), page, size).hits
    return [int(hit.key.partition(":")[2]) for hit in hits]


def test_of_what_very_many_have_the_latest_are_found_and_the_total_ends_at_the_bound(engine):
    answer = engine.find(parse("printer"), 1, 5)
    assert answer.total == BOUND
    assert answer.at_least
    pages = [numbers(engine, "printer", page, 5, sort=Sort.NEWEST) for page in range(1, 6)]
    assert list(chain(*pages)) == list(range(MANY - 1, MANY - 1 - BOUND, -1))
    assert not engine.find(parse("cable"), 1, 5).at_least


def test_what_few_have_is_found_wherever_it_lies(engine):
    assert sorted(numbers(engine, "cable")) == [3, 103, 203, 303]
    assert sorted(numbers(engine, "printer cable")) == [3, 103, 203, 303]
    assert numbers(engine, "printer n7") == [7]
    assert sorted(numbers(engine, "printer author:ann")) == [0, 1, 2]


def test_a_part_that_holds_too_little_is_followed_by_larger_ones(engine):
    # Both words are frequent, and never meet but in the oldest.
    engine.put([Document("questions:1000", "Old", "red blue", lang="en", created_at=BEGIN)])
    assert numbers(engine, "red blue") == [1000]
    assert engine.find(parse("red -printer"), 1, 5).total == 1


def test_most_votes_are_found_among_all_that_fit(engine):
    best = numbers(engine, "printer", size=10, sort=Sort.VOTES)
    assert best == list(range(199, 189, -1))
    assert numbers(engine, "red", size=3, sort=Sort.VOTES) == [190, 180, 170]


def test_filters_hold_for_what_very_many_have(engine):
    shown = numbers(engine, "printer", product="press", solved=False, sort=Sort.NEWEST)
    assert shown == list(range(MANY - 1, MANY - 1 - 2 * BOUND, -2))
    day = date(2020, 1, 31)
    assert numbers(engine, "printer", since=day, until=day) == [30]
    assert numbers(engine, "printer", until=date(2020, 1, 5), sort=Sort.NEWEST) == [4, 3, 2, 1, 0]
    assert numbers(engine, "", since=date(2021, 2, 2), sort=Sort.NEWEST) == [399, 398]
    assert numbers(engine, "-blue", sort=Sort.NEWEST)[:3] == [390, 380, 370]


def test_phrases_and_or_hold_for_what_very_many_have(engine):
    assert numbers(engine, '"printer red"', sort=Sort.NEWEST, size=2) == [390, 380]
    assert numbers(engine, '"red printer"') == []
    either = numbers(engine, "cable OR red", sort=Sort.NEWEST, size=4)
    assert either == [390, 380, 370, 360]
    assert numbers(engine, '-"printer red" cable OR red', sort=Sort.NEWEST) == [303, 203, 103, 3]


def test_if_nothing_has_every_word_the_rarest_lead(engine):
    answer = engine.find(parse("red cable n5"), 1, 10)
    assert answer.loosely
    assert answer.total == BOUND
    assert {f"questions:{n}" for n in (3, 5, 103, 203, 303)} < {
        hit.key for hit in engine.find(parse("red cable n5"), 1, BOUND).hits
    }


def test_if_enough_have_the_rarest_words_others_do_not_lead(engine, monkeypatch):
    monkeypatch.setattr(likeness, "FEW", 4)
    answer = engine.find(parse("red cable n5"), 1, 10)
    assert {hit.key for hit in answer.hits} == {f"questions:{n}" for n in (3, 5, 103, 203, 303)}


def test_old_ones_that_were_changed_lately_do_not_hide_the_newest(engine):
    engine.put(list(documents())[: 2 * BOUND])
    newest = numbers(engine, "printer", sort=Sort.NEWEST)
    assert newest == list(range(MANY - 1, MANY - 1 - BOUND, -1))
    assert numbers(engine, "printer n7") == [7]


def test_the_newest_can_be_put_again_together_with_another(engine):
    *_, newest = documents()
    engine.put([Document("questions:1000", "Another", "printer", lang="en"), newest])
    assert numbers(engine, "another") == [1000]
    assert numbers(engine, f"n{MANY - 1}") == [MANY - 1]


def test_a_search_reads_no_more_than_the_bound_however_many_have_the_words(engine, server):
    read = []

    def note(_connection, _cursor, statement, values, _context, _many):
        if "met AS" in statement:
            read.append(values)

    event.listen(server, "after_cursor_execute", note)
    try:
        numbers(engine, "printer")
    finally:
        event.remove(server, "after_cursor_execute", note)
    (values,) = read
    with server.connect() as connection:
        met = connection.scalar(
            text(f"SELECT count(*) FROM {SCHEMA}.documents_2 WHERE terms @@ CAST(:t AS tsquery)"),
            {"t": values["terms"]},
        )
    assert BOUND <= met <= 4 * BOUND < MANY


def test_similar_questions_come_from_rare_words_or_from_frequent_ones_that_meet(engine):
    engine.put([Document("questions:500", "Red cable", "", lang="en")])
    assert engine.similar("A red cable", "", 1) == ["questions:500"]
    # One in ten each: there is no rare word, so two together lead.
    engine.put(
        Document(f"questions:{600 + n}", f"Loud m{n}", "", lang="en") for n in range(BOUND + 5)
    )
    engine.put([Document("questions:900", "Red and loud", "", lang="en")])
    assert engine.similar("Something loud and red", "", 1) == ["questions:900"]
    assert engine.similar("Something loud", "", 3)


def test_counts_of_terms_follow_every_change(engine, server):
    engine.put([Document("questions:1", "Ink", "ink and ink", lang="en")])
    engine.put([Document("questions:1", "Ink again", "", lang="en")])
    engine.remove(["questions:2"])
    with server.connect() as connection:
        rows = connection.execute(text(f"SELECT term, holders FROM {SCHEMA}.{TERMS}"))
        counted = {row.term: row.holders for row in rows}
        afresh = connection.execute(
            text(
                f"SELECT term, count(*) AS holders FROM {SCHEMA}.documents_2, "
                "unnest(tsvector_to_array(terms)) AS term GROUP BY term"
            )
        )
        assert {term: n for term, n in counted.items() if n and term} == {
            row.term: row.holders for row in afresh
        }
    assert counted[""] == MANY - 1
    assert counted["ink"] == 1


def test_shelves_name_about_as_many_of_the_last_as_are_wanted():
    assert (
        marks.last(10_000, 1_000_000)
        == "'shelf:4096:241' | 'shelf:4096:242' | 'shelf:4096:243' | 'shelf:4096:244'"
    )


def test_days_become_whole_years_and_single_months():
    found = marks.days(date(2019, 12, 5), date(2021, 2, 1))
    assert found == ["month:2019-12", "year:2020", "month:2021-01", "month:2021-02"]


def test_a_phrase_that_none_of_many_has_is_given_up(engine, server, monkeypatch):
    monkeypatch.setattr(finding, "MOST_READ_FOR_PHRASES", BOUND // 2)
    looks = []

    def note(_connection, _cursor, statement, _values, _context, _many):
        looks.append("met AS" in statement)

    event.listen(server, "after_cursor_execute", note)
    try:
        assert not engine.find(parse('"blue printer"'), 1, 5).hits
    finally:
        event.remove(server, "after_cursor_execute", note)
    assert sum(looks) == 1
