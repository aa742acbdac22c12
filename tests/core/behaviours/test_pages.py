"""Reading with script: votes, menus, questions back, links, filters, light and dark."""

from types import SimpleNamespace

from community.core.policy import ALLOWED

VOTE = "{{ posts.vote_box(post, posts.score(post.score), verdict, url) }}"
ASK = """<form><div data-behaviour="similar" data-similar="/similar" data-title="t" data-body="b">
<input id="t" aria-label="Title"><div data-similar-region></div></div><textarea id="b"></textarea>
<div data-behaviour="tags" data-tags="/complete" data-found="Found: {count}">
<input id="tags" aria-label="Tags"></div></form>"""
MENU = """{% call posts.post_menu("More") %}<a href="#x">Inside</a>{% endcall %}
<a href="#">Outside</a>"""


def vote_page(visit, url):
    return visit(VOTE, post=SimpleNamespace(id=9, score=0), verdict=ALLOWED, url=url)


def test_a_vote_counts_without_leaving_the_page(visit, bench):
    page = vote_page(visit, "/vote")
    page.get_by_role("button", name="This helps").click()
    page.locator("button[aria-pressed=true]").wait_for()
    assert page.locator("[data-score]").text_content() == "1 vote"
    assert bench.sent[0][1]["value"] == "1"
    assert page.url.endswith("/page")


def test_a_vote_that_is_refused_says_why(visit):
    page = vote_page(visit, "/refused")
    page.get_by_role("button", name="This helps").click()
    page.get_by_text("No votes left today.").wait_for()
    assert page.locator("button[aria-pressed=true]").count() == 0


def test_a_vote_answered_with_a_page_is_sent_the_plain_way(visit, bench):
    page = vote_page(visit, "/log-in-first")
    with page.expect_navigation():
        page.get_by_role("button", name="This helps").click()
    assert page.title() == "Sent"
    assert bench.sent[-1][1]["value"] == "1"


def test_a_menu_closes_on_escape_and_on_a_click_elsewhere(visit):
    page = visit(MENU)
    menu = page.locator("details")
    page.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.locator("summary").click()
    page.get_by_text("Outside").click()
    assert menu.get_attribute("open") is None


def test_a_dangerous_button_asks_first(visit, bench):
    page = visit("{{ forms.button_to('Delete', '/sent', confirm='Really?') }}")
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog", name="Really?")
    dialog.get_by_role("button", name="Cancel").click()
    assert bench.sent == []
    page.get_by_role("button", name="Delete").click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Delete").click()
    assert bench.sent[0][0] == "sent"


def test_the_address_of_a_post_is_copied(visit, bench):
    page = visit("{{ posts.permalink('/answers/7') }}")
    page.get_by_text("Share").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{bench.address}/answers/7"


def test_similar_questions_appear_while_typing_and_their_scripts_do_not_run(visit):
    page = visit(ASK)
    page.get_by_label("Title").fill("Too short")
    page.get_by_label("Title").fill("The battery drains")
    page.get_by_text("The battery drains?").wait_for()
    assert page.evaluate("window.ran") is None


def test_the_last_tag_is_completed_by_keyboard(visit):
    page = visit(ASK)
    tags = page.get_by_role("combobox", name="Tags")
    tags.press_sequentially("winter, ba")
    page.get_by_role("option").first.wait_for()
    assert tags.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert tags.input_value() == "winter, batch, "


def test_escape_closes_the_suggestions_and_keeps_the_text(visit):
    page = visit(ASK)
    tags = page.get_by_role("combobox", name="Tags")
    tags.press_sequentially("ba")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert tags.input_value() == "ba"


def test_filters_work_at_once_by_mouse_and_wait_for_the_button_by_keyboard(visit):
    source = """<form data-behaviour="autosubmit" action="/page"><input name="tag" value="">
    <select name="sort" aria-label="Order"><option value="">Newest</option><option>votes</option>
    </select><button>Filter</button></form>"""
    page = visit(source)
    page.get_by_label("Order").press("ArrowDown")
    assert page.url.endswith("/page")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**/page?sort=votes")


def test_light_or_dark_is_remembered(visit):
    source = """<div data-behaviour="theme" hidden><button data-theme-choice="auto">Auto</button>
    <button data-theme-choice="dark">Dark</button></div>"""
    page = visit(source)
    page.get_by_role("button", name="Dark").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("button", name="Auto").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") is None


def test_a_password_can_be_looked_at_and_is_hidden_when_sent(visit):
    page = visit("<form>{{ forms.password(form.password) }}<button>Send</button></form>")
    field = page.locator("input")
    assert field.get_attribute("type") == "password"
    page.get_by_role("button", name="Show password").click()
    assert field.get_attribute("type") == "text"
    page.evaluate("document.forms[0].addEventListener('submit', (e) => e.preventDefault())")
    page.get_by_role("button", name="Send").click()
    assert field.get_attribute("type") == "password"


def test_the_keyboard_reaches_code_that_is_wider_than_the_screen(visit):
    wide = "<pre id=wide>" + "long " * 200 + "</pre><pre id=short>short</pre>"
    page = visit(f'<main data-behaviour="scrollers">{wide}</main>')
    assert page.locator("#wide").get_attribute("tabindex") == "0"
    assert page.locator("#short").get_attribute("tabindex") is None
