"""A guest with a phone and without script: reads a thread, pages through a list, searches."""

import pytest

from community.site.samples import read
from tests.journeys.conftest import BOTH, PHONE

pytestmark = pytest.mark.parametrize("language", BOTH)


@pytest.fixture
def guest(enters):
    return enters(**PHONE, java_script_enabled=False)


def thread(language, key):
    return next(each for each in read(language)["threads"] if each["key"] == key)


def test_a_guest_reads_a_solved_thread(guest, language):
    written = thread(language, "pressure")
    page = guest.opens("/")
    assert page.locator("html").get_attribute("lang") == language
    guest.follows("See all questions")
    page.locator("summary", has_text=guest.says("Filters and order")).click()
    page.get_by_label(guest.says("Product")).select_option("tostalba-uno")
    guest.presses("Filter")
    guest.follows("Solved")
    page.get_by_role("link", name=written["title"]).click()
    assert page.get_by_role("heading", level=1).inner_text() == written["title"]
    guest.follows("Go to the solution")
    solution = page.locator(".answer--solution")
    assert solution.locator(".answer__mark--solution").inner_text() == guest.says("Solution")
    assert solution.locator("ol li").count() == 4
    assert page.locator(".answer").first.get_attribute("id") == solution.get_attribute("id")


def test_a_guest_pages_through_the_list_and_back(guest, language):
    page = guest.opens("/questions?sort=newest")
    first = page.locator(".question-row__title").first.inner_text()
    seen = set()
    while True:
        titles = page.locator(".question-row__title")
        seen |= set(titles.all_inner_texts())
        onward = page.locator(".paging a[rel=next]")
        if not onward.count():
            break
        onward.click()
    assert len(seen) >= len(read(language)["threads"])
    page.locator(".paging a", has_text="1").first.click()
    assert page.locator(".question-row__title").first.inner_text() == first


def test_a_guest_searches_with_a_slip_and_finds(guest, language):
    page = guest.opens("/")
    words = {"en": "descalling light", "es": "luz descalsificar"}[language]
    page.get_by_role("main").get_by_role("searchbox").fill(words)
    guest.presses("Search")
    page.get_by_role("link", name=thread(language, "descaling-light")["title"]).click()
    page.get_by_role(
        "heading", level=1, name=thread(language, "descaling-light")["title"]
    ).wait_for()


def test_a_guest_who_wants_to_vote_is_led_to_log_in_and_back(guest, language):
    page = guest.opens("/questions?product=tostalba-uno&state=solved")
    page.get_by_role("link", name=thread(language, "pressure")["title"]).click()
    here = page.url.split("#")[0]
    page.locator(".answer .vote a").first.click()
    guest.gives_password("bruno")
    assert page.url.split("#")[0] == here
    page.locator(".answer .vote button").first.wait_for()
