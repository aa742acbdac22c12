"""Whoever has no mouse gets everywhere, and sees where they are."""

import pytest

from community.site.samples import read
from tests.journeys.conftest import BOTH

pytestmark = pytest.mark.parametrize("language", BOTH[:1])

# What can be reached with the tab key, once each: of radio buttons only one, of a toolbar one.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled
    && each.type !== "hidden" && each.tabIndex >= 0).length"""
HERE = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const rings = [style, getComputedStyle(element, "::after")];
  const ring = rings.some((each) => each.outlineStyle !== "none" && each.outlineWidth !== "0px");
  const around = element.closest("form, .search-box, .composer__box");
  const outer = around && getComputedStyle(around);
  return {
    is: element === document.body ? "" : element.outerHTML.slice(0, 120),
    seen: ring || style.boxShadow !== "none" || (outer && outer.outlineStyle !== "none"),
    there: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def walk(page, most=150):
    """Go through the page with the tab key; return where one came by."""
    steps = []
    while len(steps) < most:
        page.keyboard.press("Tab")
        step = page.evaluate(HERE)
        if not step["is"]:
            break
        steps.append(step)
    return steps


@pytest.mark.parametrize(
    ("who", "path"),
    [("", "/"), ("", "/questions"), ("ana", "thread"), ("ana", "/questions/new/tostalba-uno/none")],
    ids=["home", "list", "thread", "ask"],
)
def test_the_tab_key_leads_everywhere_and_one_sees_where(enters, forum, who, path):
    person = enters(who)
    page = person.opens(path if path != "thread" else thread_of(forum))
    page.evaluate("document.activeElement.blur()")
    number = page.evaluate(STOPS)
    steps = walk(page)
    assert [step["is"] for step in steps if not (step["seen"] and step["there"])] == []
    assert len(steps) >= number


def thread_of(forum):
    ((number,),) = forum.rows(
        "SELECT id FROM posts WHERE title = ?", read(forum.language)["threads"][0]["title"]
    )
    return f"/questions/{number}"


def test_the_skip_link_comes_first_and_leads_to_the_content(enters):
    page = enters().opens("/questions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_menus_open_and_close_with_keys(enters, forum):
    page = enters("carla").opens(thread_of(forum))
    opener = page.locator(".post__actions .menu summary").first
    opener.focus()
    page.keyboard.press("Enter")
    entry = page.locator(".post__actions .menu[open] a:not(.only-on-phones)").first
    entry.wait_for()
    page.keyboard.press("Tab")
    assert entry.evaluate("entry => entry === document.activeElement")
    page.keyboard.press("Escape")
    entry.wait_for(state="hidden")
    assert opener.evaluate("opener => opener === document.activeElement")


def test_votes_are_cast_and_taken_back_with_keys(enters, forum):
    page = enters("carla").opens(thread_of(forum))
    button = page.locator(".answer .vote button[value='1']").first
    button.focus()
    before = button.get_attribute("aria-pressed")
    after = {"true": "false", "false": "true"}[before]
    page.keyboard.press("Space")
    page.locator(f".answer .vote button[value='1'][aria-pressed={after}]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(f".answer .vote button[value='1'][aria-pressed={before}]").first.wait_for()
    assert button.evaluate("button => button === document.activeElement")


def focused(page):
    """Return the words of what has the focus."""
    return page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


def test_the_queue_is_walked_with_keys(enters):
    page = enters("ada@example.org").opens("/moderation/queue")
    titles = page.locator(".queue__title")
    first, second = titles.nth(0).inner_text(), titles.nth(1).inner_text()
    for key, title in (("j", first), ("j", second), ("k", first)):
        page.keyboard.press(key)
        assert focused(page) == title
    with page.expect_navigation():
        page.keyboard.press("Enter")
    item = page.url
    page.locator("html[data-awake]").wait_for(state="attached")
    with page.expect_navigation():
        page.keyboard.press("j")
    assert page.url != item


def test_each_act_of_an_item_has_its_key_and_none_decides_by_itself(enters, forum):
    waiting = "SELECT id FROM review_items WHERE kind = 'flag' AND post_id IS NOT NULL"
    ((item,),) = forum.rows(waiting)
    page = enters("ada@example.org").opens(f"/moderation/queue/{item}")
    page.keyboard.press("3")
    assert page.locator("[name=rule]:checked").get_attribute("value") == "off-topic"
    for key, said in (("a", "reports are right"), ("d", "Nothing is wrong"), ("i", "Ignore")):
        page.keyboard.press(key)
        assert said in focused(page)
    page.keyboard.press("m")
    page.locator("[name=facts]").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator("[data-keys-list]").get_by_text("Nothing is wrong").wait_for()
    assert forum.rows("SELECT count(*) FROM review_items WHERE decided_at IS NOT NULL") == [(0,)]
