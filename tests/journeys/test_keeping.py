"""Nothing typed is lost: not by a session that ends, a token too old, or a lost connection."""

import pytest

from community.site.samples import read
from tests.journeys.conftest import BOTH, PHONE

pytestmark = pytest.mark.parametrize("language", BOTH)
NOT_SENT = "Here is your text. It has not been sent yet."
ANSWER = "Turn the grinder *two steps* finer. Ñandú, 1 < 2 & “quotes”.\n\nThen time it again."
QUESTION = {
    "title": "Does the Uno keep its timer when the power is gone?",
    "body": "After every power cut mine starts at six. ¿Y la hora?",
    "tags": "timer, power",
}


def an_open_thread(person):
    """Open a thread that waits for an answer."""
    keys = [each for each in read(person.forum.language)["threads"] if each["key"] == "noise"]
    page = person.opens("/questions?sort=newest&lang=" + person.forum.language)
    while not (link := page.get_by_role("link", name=keys[0]["title"])).count():
        person.follows("Next")
    link.click()
    return person.settled()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_session_ends_while_somebody_answers(enters, forum, script):
    bruno = enters("bruno", **PHONE, java_script_enabled=script)
    page = an_open_thread(bruno)
    page.locator("#your-answer textarea").fill(ANSWER)
    page.locator("#your-answer [type=checkbox]").first.check()
    forum.end_all_sessions()
    bruno.presses("Send answer", page.locator("#your-answer"))
    assert "/login" in page.url
    bruno.gives_password("bruno")
    page.locator("#your-answer textarea").wait_for()
    assert page.locator("#your-answer textarea").input_value() == ANSWER
    assert page.locator("#your-answer [type=checkbox]").first.is_checked()
    bruno.settled()
    said = page.locator("#your-answer").get_by_text(bruno.says(NOT_SENT))
    said.wait_for()
    page.wait_for_function(
        "element => element.getBoundingClientRect().top < innerHeight", arg=said.element_handle()
    )
    bruno.presses("Send answer", page.locator("#your-answer"))
    assert bruno.answer_with("1 < 2 & “quotes”").count() >= 1


def test_a_session_ends_while_somebody_asks(enters, forum):
    ana = enters("ana")
    page = ana.opens("/questions/new/tostalba-uno/none?kind=idea")
    for name, text in QUESTION.items():
        page.locator(f"[name={name}]").fill(text)
    forum.end_all_sessions()
    ana.forgive("401")
    ana.presses("Post your question")
    ana.gives_password("ana")
    page.locator("[name=body]").wait_for()
    assert {name: page.locator(f"[name={name}]").input_value() for name in QUESTION} == QUESTION
    assert page.locator("[name=kind]").input_value() == "idea"


def test_a_guest_asks_and_only_then_logs_in(enters):
    guest = enters(**PHONE)
    page = guest.opens("/questions/new/tostalba-uno/none")
    for name, text in QUESTION.items():
        page.locator(f"[name={name}]").fill(text)
    guest.presses("Post your question")
    assert "/login" in page.url
    guest.gives_password("carla")
    page.locator("[name=body]").wait_for()
    assert {name: page.locator(f"[name={name}]").input_value() for name in QUESTION} == QUESTION


def test_a_page_from_before_another_log_in_still_keeps_the_answer(enters):
    """The token in the first window is too old once the second has logged out and in again."""
    carla = enters("carla")
    page = an_open_thread(carla)
    other = carla.browser.new_page()
    other.goto("/settings")
    other.locator(".site-header .menu summary").last.click()
    other.get_by_role("button", name=carla.says("Log out")).click()
    other.goto("/login")
    carla.page = other
    carla.gives_password("carla")
    other.wait_for_url(lambda url: "/login" not in url)
    carla.page = page
    page.locator("#your-answer textarea").fill(ANSWER)
    carla.forgive("status of 4")
    carla.presses("Send answer", page.locator("#your-answer"))
    assert page.locator("#your-answer textarea").input_value() == ANSWER
    carla.presses("Send answer", page.locator("#your-answer"))
    assert carla.answer_with("1 < 2 & “quotes”").count() >= 1


def test_a_lost_connection_keeps_the_draft_in_the_browser(enters):
    bruno = enters("bruno")
    bruno.forgive("net::ERR_INTERNET_DISCONNECTED")
    page = an_open_thread(bruno)
    bruno.browser.set_offline(True)
    page.locator("#your-answer textarea").fill(ANSWER)
    kept = bruno.says("No connection: what you write is kept in this browser.")
    page.locator("#your-answer").get_by_text(kept).wait_for()
    bruno.browser.set_offline(False)
    page.locator("#your-answer").get_by_text(bruno.says("Draft saved")).wait_for()
    page.reload()
    bruno.settled()
    assert page.locator("#your-answer textarea").input_value() == ANSWER


def test_a_guest_who_loses_the_connection_finds_the_question_again(enters):
    guest = enters(**PHONE)
    guest.forgive("net::ERR_INTERNET_DISCONNECTED")
    page = guest.opens("/questions/new/tostalba-uno/none")
    guest.browser.set_offline(True)
    for name, text in QUESTION.items():
        page.locator(f"[name={name}]").fill(text)
    page.wait_for_function("localStorage.length > 0")
    guest.browser.set_offline(False)
    page.reload()
    guest.settled()
    assert {name: page.locator(f"[name={name}]").input_value() for name in QUESTION} == QUESTION
