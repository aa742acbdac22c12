import pytest
from sqlalchemy import select

from community.core import paging
from community.core.errors import NotFound
from community.core.paging import DEEPEST, count_of, page_of
from community.members.models import Member


@pytest.fixture
def seven(make):
    for _ in range(7):
        make.member()
    return select(Member).order_by(Member.id)


def test_a_list_is_cut_into_pages(seven):
    pages = [page_of(seven, number, 3) for number in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert [(page.has_previous, page.has_next) for page in pages] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert {(page.pages, page.total) for page in pages} == {(3, 7)}
    assert len({member.id for page in pages for member in page.items}) == 7


def test_past_the_end_there_is_nothing(seven):
    with pytest.raises(NotFound):
        page_of(seven, 4, 3)


def test_an_empty_list_has_one_page():
    page = page_of(select(Member), 1)
    assert (list(page.items), page.pages, page.total) == ([], 1, 0)


def test_a_page_takes_two_statements_however_long_the_list(seven, make, count_queries):
    counts = []
    for _ in range(2):
        with count_queries() as statements:
            page_of(seven, 1, 3)
        counts.append(len(statements))
        make.member()
    assert counts == [2, 2]


def test_counting_ends_where_nobody_reads(seven):
    assert count_of(seven, 5) == 5
    assert count_of(seven, DEEPEST) == 7


def test_a_far_page_shows_what_it_would_show_anyway(seven, monkeypatch):
    near = [page_of(seven, number, 3).items for number in (1, 2, 3)]
    monkeypatch.setattr(paging, "FAR", 1)
    assert [page_of(seven, number, 3).items for number in (1, 2, 3)] == near
