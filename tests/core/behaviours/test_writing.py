"""Writing with script: toolbar, keys, preview, pictures, completion, drafts."""

import pytest

WRITING = """<form method="post" action="/sent" data-behaviour="drafts" data-draft-key="answer-1"
  data-draft-saved="Saved" data-draft-kept="Kept" data-draft-restored="Restored"
  data-draft-discard="Afresh" {{ draft_url }}>
  <input type="hidden" name="csrf_token" value="token">{{ composer.composer(form.body) }}
  <button>Send</button></form>"""
PICTURE = {"name": "plug.png", "mimeType": "image/png", "buffer": b"picture"}


@pytest.fixture
def writing(visit):
    return visit(WRITING)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("Control+b", "**dry**"),
        ("Control+i", "*dry*"),
        ("Control+k", "[dry](https://)"),
    ],
)
def test_keys_mark_the_chosen_words_and_undo_takes_it_back(writing, key, text):
    box = writing.locator("textarea")
    box.fill("dry")
    box.select_text()
    writing.keyboard.press(key)
    assert box.input_value() == text
    writing.keyboard.press("Control+z")
    assert box.input_value() == "dry"


@pytest.mark.parametrize(("tool", "text"), [("Quote", "> one\n> two"), ("List", "- one\n- two")])
def test_tools_mark_every_chosen_line(writing, tool, text):
    writing.locator("textarea").fill("one\ntwo")
    writing.locator("textarea").select_text()
    writing.get_by_role("button", name=tool).click()
    assert writing.locator("textarea").input_value() == text


def test_the_toolbar_is_one_stop_for_the_tab_key(writing):
    bar = writing.get_by_role("toolbar", name="Text tools")
    bar.get_by_role("button", name="Bold").focus()
    writing.keyboard.press("ArrowRight")
    assert writing.evaluate("document.activeElement.title") == "Italic"
    writing.keyboard.press("Tab")
    assert writing.evaluate("document.activeElement.name") == "body"


def test_control_and_enter_send_the_form(writing, bench):
    writing.locator("textarea").fill("It works again.")
    with writing.expect_navigation():
        writing.keyboard.press("Control+Enter")
    assert ("sent", {"csrf_token": "token", "body": "It works again."}) in bench.sent


def test_the_preview_takes_the_place_of_the_text_and_gives_it_back(writing):
    writing.locator("textarea").fill("*seen*")
    writing.get_by_role("button", name="Preview").click()
    writing.locator(".composer__preview em").wait_for()
    assert not writing.locator("textarea").is_visible()
    writing.get_by_role("button", name="Write").click()
    assert writing.locator("textarea").input_value() == "*seen*"


def test_a_chosen_picture_is_described_sent_and_put_into_the_text(writing, bench):
    with writing.expect_file_chooser() as chooser:
        writing.get_by_role("button", name="Add a picture").click()
    chooser.value.set_files(PICTURE)
    writing.get_by_label("What does the picture show?").fill("A melted plug")
    writing.keyboard.press("Enter")
    writing.get_by_text("The picture is in your text.").wait_for()
    assert "![A melted plug](/u.webp)" in writing.locator("textarea").input_value()
    assert ("uploads", {"alt": "A melted plug", "file": "plug.png"}) in bench.sent


def test_a_picture_that_is_too_large_is_refused_before_it_is_sent(writing, bench):
    with writing.expect_file_chooser() as chooser:
        writing.get_by_role("button", name="Add a picture").click()
    chooser.value.set_files(PICTURE | {"buffer": b"0" * (5 * 1024 * 1024 + 1)})
    writing.get_by_text("larger than 5 MB").wait_for()
    assert bench.sent == []


def test_a_picture_that_is_pasted_is_taken(writing):
    writing.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File(["x"], "p.png", { type: "image/png" }));
        document.querySelector("textarea").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true })); }"""
    )
    writing.keyboard.press("Enter")
    writing.get_by_text("The picture is in your text.").wait_for()


def test_a_handle_is_completed_by_keyboard(visit):
    page = visit(MENTIONS)
    page.locator("textarea").press_sequentially("Thank you @be")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("textarea").input_value() == "Thank you @ben.okafor "


MENTIONS = """<div data-behaviour="mentions" data-members="/members">
<textarea aria-label="Comment"></textarea></div>"""


def test_an_unsent_text_is_there_again_after_the_window_was_closed(visit):
    page = visit(WRITING)
    page.locator("textarea").fill("Half a thought")
    page.get_by_text("Saved").wait_for()
    page.close()
    again = visit(WRITING)
    assert again.locator("textarea").input_value() == "Half a thought"
    again.get_by_role("button", name="Afresh").click()
    assert again.locator("textarea").input_value() == ""
    again.reload()
    assert again.locator("textarea").input_value() == ""


def test_members_drafts_go_to_the_server_and_leave_the_browser(visit, bench):
    page = visit(WRITING, draft_url="data-draft-url=/drafts")
    page.locator("textarea").fill("Half a thought")
    page.get_by_text("Saved").wait_for()
    assert bench.sent == [("drafts", {"place": "answer-1", "fields": {"body": "Half a thought"}})]
    assert page.evaluate("localStorage.length") == 0


def test_without_a_connection_the_browser_keeps_the_text_and_says_so(visit):
    page = visit(WRITING, draft_url="data-draft-url=/drafts")
    page.context.set_offline(True)
    page.locator("textarea").fill("Written in a tunnel")
    page.get_by_text("Kept").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Saved").wait_for()
    assert page.evaluate("localStorage.length") == 0


def test_a_page_that_reports_success_ends_the_draft(visit):
    page = visit(WRITING)
    page.locator("textarea").fill("The whole thought")
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    flashes = '<div class="flashes" data-behaviour="sent"><p class="notice--success"></p></div>'
    visit(flashes, "after", page=page)
    visit(WRITING, page=page)
    assert page.locator("textarea").input_value() == ""


def test_a_form_that_came_back_with_an_error_keeps_the_draft(visit):
    page = visit(WRITING)
    page.locator("textarea").fill("The whole thought")
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    visit("<p>Something broke</p>", "after", page=page)
    visit(WRITING, page=page)
    assert page.locator("textarea").input_value() == "The whole thought"
