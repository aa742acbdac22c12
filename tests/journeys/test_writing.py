"""What helps while one writes: names are completed by the server's real answer."""

import pytest

from tests.journeys.conftest import BOTH
from tests.journeys.test_keyboard import thread_of

pytestmark = pytest.mark.parametrize("language", BOTH[:1])


def test_a_handle_is_completed_in_an_answer_and_in_a_comment(enters, forum):
    page = enters("bruno").opens(thread_of(forum))
    answer = page.locator("#your-answer textarea")
    answer.press_sequentially("Thanks @car")
    page.locator("#your-answer").get_by_role("option", name="Carla Nakamura").click()
    assert answer.input_value() == "Thanks @carla "
    remark = page.locator(".fold", has=page.locator("[name=comment]")).first
    remark.locator("summary").click()
    text = remark.locator("textarea")
    text.press_sequentially("@an")
    remark.get_by_role("option", name="Ana Ferrer").wait_for()
    for key in ("ArrowDown", "Enter"):
        text.press(key)
    assert text.input_value() == "@ana "


def test_similar_questions_stand_beside_the_form_and_push_nothing_down(enters):
    page = enters("carla").opens("/questions/new/tostalba-uno/none")
    details = page.locator("[name=body]")
    before = details.bounding_box()
    page.locator("[name=title]").press_sequentially("Espresso runs through in nine seconds")
    found = page.locator("[data-similar-region] a").first
    found.wait_for()
    assert details.bounding_box() == before
    assert found.bounding_box()["x"] > before["x"] + before["width"]
