"""Which pages are kept by search engines, under which address, and what becomes of the others."""

import pytest

from community.questions.services import editing, solving
from tests.seo.conftest import Read

BASE = "http://localhost:8000"


@pytest.fixture
def solved(make):
    question = make.question(tags=("sand",))
    solving.accept(question.author, question, make.answer(question))
    return make.fresh(question)


def test_a_question_is_kept_once_it_helps(make, read, address, solved):
    assert not read(address(make.question())).may_be_kept
    assert read(address(solved)).may_be_kept


@pytest.mark.parametrize("who", ["guest", "member"])
def test_everybody_gets_the_same_word_about_keeping(make, client, log_in, address, who):
    if who == "member":
        log_in(make.member())
    assert not Read(client.get(address(make.question()))).may_be_kept


def test_lists_are_kept_without_choices_and_not_with_them(make, read, solved):
    product = solved.product_id and make.fresh(solved)
    assert product
    for where in ("/", "/questions", "/tags", "/tags/sand"):
        assert read(where).may_be_kept, where
    for where in (
        "/questions?state=solved",
        "/questions?sort=votes",
        "/questions?kind=idea",
        "/questions?lang=es",
        "/questions?tag=sand",
        "/tags/sand?state=solved",
        "/search?q=sand",
        "/search",
        "/login",
        "/register",
        f"/posts/{solved.id}/history",
    ):
        assert not read(where).may_be_kept, where


def test_words_that_choose_nothing_change_neither_keeping_nor_the_address(read):
    page = read("/questions?utm_source=mail&state=")
    assert page.may_be_kept
    assert page.link("canonical") == f"{BASE}/questions"


def test_new_members_are_not_shown_around(make, read):
    new, known = make.member("neo"), make.member("kay", trust_level=1)
    assert not read(f"/members/{new.id}/neo").may_be_kept
    assert read(f"/members/{known.id}/kay").may_be_kept
    assert not read(f"/members/{known.id}/kay?tab=answers").may_be_kept
    assert read(f"/members/{make.staff('sam').id}/sam").may_be_kept


def test_each_page_of_a_thread_is_its_own_original(make, read, address, solved):
    for _number in range(21):
        make.answer(solved)
    assert read(address(solved)).link("canonical") == BASE + address(solved)
    second = read(address(solved) + "?page=2")
    assert second.link("canonical") == f"{BASE}{address(solved)}?page=2"
    assert second.may_be_kept
    assert second.page.findtext(".//title") != read(address(solved)).page.findtext(".//title")


def test_each_page_of_a_list_is_its_own_original(make, read):
    for _number in range(21):
        make.question()
    assert read("/questions?page=2").link("canonical") == f"{BASE}/questions?page=2"


def test_the_canonical_address_does_not_believe_the_visitor(client, solved, address):
    page = client.get(address(solved), headers={"Host": "evil.example"})
    assert Read(page).link("canonical") == BASE + address(solved)


def test_what_is_not_there_says_how(make, client, address, solved):
    deleted, hidden = make.question(), make.hidden(make.question())
    editing.delete(deleted.author, deleted)
    left = make.member("lea", trust_level=1, deleted_at=solved.created_at)
    for where, status in {
        address(solved) + "?page=2": 404,
        address(solved) + "?page=0": 404,
        "/questions?page=7": 404,
        address(deleted): 410,
        address(hidden): 404,
        "/questions/999999/nothing": 404,
        f"/members/{left.id}/lea": 410,
    }.items():
        answer = client.get(where)
        assert answer.status_code == status, where
        assert "noindex" in answer.text
        assert "canonical" not in answer.text, where
        assert "ld+json" not in answer.text, where


def test_a_wrong_name_leads_to_the_right_one_for_ever(client, solved, address, make):
    ann = make.member("ann")
    for wrong, right in {
        f"/questions/{solved.id}/something-else": address(solved),
        f"/questions/{solved.id}": address(solved),
        f"{address(solved)}/": address(solved),
        f"/members/{ann.id}/wrong": f"/members/{ann.id}/ann",
    }.items():
        answer = client.get(wrong)
        assert (answer.status_code, answer.headers["Location"]) == (301, right)


def test_title_and_description_come_from_the_content(make, read, address):
    question = make.question(title="Why is it full of sand?", body="It is *full* " * 40)
    page = read(address(question))
    assert page.page.findtext(".//title").startswith("Why is it full of sand? · ")
    assert page.meta("description").startswith("It is full It is full")
    assert len(page.meta("description")) <= 160
    assert page.meta("og:title") == "Why is it full of sand?"
    assert page.meta("og:type") == "article"
    assert page.meta("og:url") == BASE + address(question)
    assert page.meta("og:description") == page.meta("description")
