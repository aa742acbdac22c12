"""Questions on the pages of products, tags and members."""

import pytest
from bs4 import BeautifulSoup

from community.questions.services import solving


@pytest.fixture
def opened(client):
    """Open a page and parse it: opened("/tags/lid")."""

    def _opened(address: str) -> BeautifulSoup:
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200, address
        return BeautifulSoup(page.text, "html.parser")

    return _opened


def titles(page: BeautifulSoup) -> list[str]:
    return [each.get_text(strip=True) for each in page.select(".question-row__title")]


def solve(make, question):
    reply = make.answer(question)
    solving.accept(question.author, question, reply)
    return reply


def test_a_product_lists_its_own_questions_without_repeating_its_name(make, opened):
    kettle = make.product("Kettle")
    make.question(title="The lid of it is loose", product=kettle)
    make.question(title="Another thing entirely")
    page = opened(f"/products/{kettle.slug}")
    assert titles(page) == ["The lid of it is loose"]
    assert page.select_one(".question-row .facts a") is None


def test_a_state_narrows_the_list_of_a_product_and_is_marked(make, opened):
    kettle = make.product("Kettle")
    make.question(title="This one is still open", product=kettle)
    solve(make, make.question(title="This one is solved by now", product=kettle))
    page = opened(f"/products/{kettle.slug}?state=solved")
    assert titles(page) == ["This one is solved by now"]
    assert page.select_one(".tabs [aria-current]").get_text() == "Solved"


def test_a_topic_narrows_the_list_of_a_product(make, opened):
    kettle = make.product("Kettle")
    cleaning = make.topic(kettle, "Cleaning")
    make.question(title="How do I clean the inside?", product=kettle, topic_id=cleaning.id)
    make.question(title="Where do I buy another lid?", product=kettle)
    page = opened(f"/products/{kettle.slug}?topic={cleaning.slug}")
    assert titles(page) == ["How do I clean the inside?"]


def test_a_tag_lists_the_questions_that_carry_it(make, opened):
    make.question(title="The lid of it is loose", tags=("lid",))
    make.question(title="Another thing entirely", tags=("heat",))
    assert titles(opened("/tags/lid")) == ["The lid of it is loose"]


def test_a_product_without_questions_says_what_to_do(make, opened):
    page = opened(f"/products/{make.product('Kettle').slug}")
    assert titles(page) == []
    assert page.select_one(".empty a")["href"].startswith("/questions/new")


def test_a_member_shows_questions_first_and_answers_on_request(make, opened):
    ann, ben = make.member("ann"), make.member("ben")
    make.question(author=ben, title="What does the lamp mean?")
    asked = make.question(author=ann, title="How do I clean the filter?")
    solving.accept(ann, asked, make.answer(asked, author=ben))
    address = f"/members/{ben.id}/{ben.handle}"
    assert titles(opened(address)) == ["What does the lamp mean?"]
    answers = opened(f"{address}?tab=answers")
    assert titles(answers) == ["How do I clean the filter?"]
    assert "Solution" in answers.select_one(".question-row .facts").get_text()
    assert "1 solution" in answers.select_one(".tabs").get_text()


def test_pages_past_the_end_are_not_found(make, client):
    make.question(tags=("lid",))
    assert client.get("/tags/lid?page=2").status_code == 404
