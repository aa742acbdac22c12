"""Lists: filters, sorts, pages, and few statements."""

import pytest

from community.questions.models import Question, QuestionKind
from community.questions.queries import lists
from community.questions.services import solving


def titles(page):
    return [question.title for question in page.items]


def test_filters_find_what_they_say_and_nothing_else(make):
    kettle, mug = make.product("Kettle"), make.product("Mug")
    lid = make.question(title="The lid is loose", product=kettle, tags=("lid",), lang="es")
    make.question(title="The handle is hot", product=mug, purpose=QuestionKind.COMPLAINT)
    for filters in (
        lists.Filters(product_id=kettle.id),
        lists.Filters(tag="lid"),
        lists.Filters(lang="es"),
        lists.Filters(kind=QuestionKind.QUESTION),
        lists.Filters(author_id=lid.author_id),
    ):
        assert titles(lists.listed(filters, 1)) == ["The lid is loose"]


def test_a_list_takes_three_statements_for_two_rows_as_for_ten(make, count_queries):
    for rows in (2, 10):
        for _ in range(rows):
            make.question(tags=("lid", "heat"))
        with count_queries() as statements:
            page = lists.listed(lists.Filters(), 1)
            assert all(each.author.name and each.product.name and each.tags for each in page.items)
        assert len(statements) == 3


def test_hidden_and_deleted_questions_are_on_no_list(client, make):
    question = make.question(title="Nobody should read this", tags=("lid",))
    make.removed(question)
    for address in ("/", "/questions", "/tags/lid", f"/products/{question.slug}"):
        assert "Nobody should read this" not in client.get(address).text


@pytest.mark.parametrize("query", ["state=lost", "sort=random", "kind=x", "lang=xx", "product=no"])
def test_a_filter_that_cannot_be_is_not_found(client, query):
    assert client.get(f"/questions?{query}").status_code == 404


def test_pages_are_numbered_and_end(client, make):
    for number in range(21):
        make.question(title=f"How does number {number} work?")
    assert client.get("/questions?page=2").status_code == 200
    for page in ("3", "0", "-1", "x", "9999999"):
        assert client.get(f"/questions?page={page}").status_code == 404


def test_the_front_page_shows_what_waits_and_what_was_solved(client, make):
    make.question(title="Who knows this one?")
    solved = make.question(title="This one is settled")
    solving.accept(solved.author, solved, make.answer(solved))
    make.question(make.staff(), "We have news", purpose=QuestionKind.ANNOUNCEMENT)
    page = client.get("/").text
    for words in ("Who knows this one?", "This one is settled", "We have news"):
        assert words in page
    assert [question.title for question in lists.needing_help()] == ["Who knows this one?"]


@pytest.mark.parametrize("address", ["/", "/questions", "/questions?state=solved&sort=votes"])
def test_a_guest_gets_a_list_with_five_statements(client, make, count_queries, address):
    for _ in range(3):
        make.question(tags=("lid",))
    client.get(address)
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= 5


@pytest.mark.parametrize("address", ["/", "/questions", "/tags/lid"])
def test_a_member_gets_a_list_with_seven_statements(log_in, make, count_queries, address):
    for _ in range(3):
        make.question(tags=("lid",))
    client = log_in(make.member())
    client.get(address)
    with count_queries() as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= 7


def test_a_page_has_as_many_rows_as_the_settings_say(app, client, make, monkeypatch):
    monkeypatch.setitem(app.config, "PAGE_SIZE", 5)
    author = make.member()
    for _number in range(6):
        make.question(author)
    for path in ("/questions", f"/members/{author.id}/{author.handle}"):
        assert client.get(path).text.count('class="question-row"') == 5


@pytest.mark.parametrize("sort", lists.SORTS)
def test_all_that_a_far_page_steps_over_stands_in_an_index(sort):
    first, last = (each.element.key for each in lists.SORTS[sort])
    read = {"kind", first, last, "deleted_at", "hidden_at", "merged_into_id"}
    indexed = [[column.name for column in index.columns] for index in Question.__table__.indexes]
    assert any(columns[:3] == ["kind", first, last] and set(columns) == read for columns in indexed)


def test_an_empty_list_says_whether_filters_or_the_forum_are_the_reason(make, client):
    page = client.get("/questions?sort=newest").text
    assert "Nobody has asked yet" in page
    assert "filters" not in page.partition("Nobody has asked yet")[2].partition("</main>")[0]
    page = client.get("/questions?state=solved").text
    assert "Nothing matches these filters" in page
    assert "Nobody has asked yet" not in page
