"""The parts of pages: what they say, and that nobody's name becomes markup."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from community.core.deeds import did
from community.core.paging import Page
from community.core.policy import ALLOWED, Verdict

HOSTILE = '"><img src=x onerror=alert(1)>'
MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
def rendered(app):
    """Render a line of template and parse it: rendered("{{ … }}", address, name=value)."""

    def _rendered(source: str, address: str = "/", done=None, **values) -> BeautifulSoup:
        macros = ("dates", "forms", "icons", "paging", "people", "posts")
        imports = "".join(f'{{% import "macros/{name}.html" as {name} %}}' for name in macros)
        with app.test_request_context(address):
            did(done or {})
            return BeautifulSoup(
                app.jinja_env.from_string(imports + source).render(**values), "html.parser"
            )

    return _rendered


def person(**facts):
    usual = {
        "id": 7, "name": "Ann", "handle": "ann", "initials": "A", "hue": 3,
        "avatar_url": None, "is_staff": False, "staff_title": "",
    }  # fmt: skip
    return SimpleNamespace(**usual | facts)


def test_a_hostile_name_stays_text(rendered):
    ann = person(name=HOSTILE, initials='"<', staff_title=HOSTILE, is_staff=True)
    page = rendered("{{ people.byline(ann, moment) }}", ann=ann, moment=MOMENT)
    assert page.find("img") is None
    assert page.select_one(".byline__name").get_text() == HOSTILE
    assert HOSTILE in page.select_one(".badge--staff").get_text()


def test_a_picture_and_initials_are_both_silent_for_screen_readers(rendered):
    pictured = rendered("{{ people.avatar(ann) }}", ann=person(avatar_url="/uploads/a.webp"))
    assert pictured.img["alt"] == ""
    drawn = rendered("{{ people.avatar(ann, 'l') }}", ann=person())
    assert drawn.span["aria-hidden"] == "true"
    assert drawn.span["class"] == ["avatar", "avatar--l", "av-3"]


def test_staff_are_named_in_words(rendered):
    page = rendered("{{ people.staff_mark(ann) }}", ann=person(is_staff=True, staff_title="Acme"))
    assert page.get_text().strip() == "Acme"
    assert rendered("{{ people.staff_mark(ann) }}", ann=person()).get_text().strip() == ""


def test_a_post_of_a_deleted_account_has_a_byline(rendered):
    page = rendered("{{ people.byline(none, moment) }}", moment=MOMENT)
    assert "Former member" in page.get_text()


def test_a_date_is_readable_by_people_and_programs(rendered):
    time = rendered("{{ dates.when(moment) }}", moment=MOMENT).time
    assert time["datetime"] == "2026-03-01T12:30:00+00:00"
    assert "2026" in time["title"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("needs-attention", "Needs attention"),
        ("responded", "Responded"),
        ("needs-info", "Needs details"),
        ("solved", "Solved"),
        ("closed", "Closed"),
    ],
)
def test_a_state_is_said_in_words_and_by_a_mark(rendered, state, words):
    pill = rendered("{{ posts.state_pill(state) }}", state=state).span
    assert pill.get_text().strip() == words
    assert pill.svg["aria-hidden"] == "true"


def vote_box(rendered, verdict, own_vote=0, *, guest=False):
    return rendered(
        "{{ posts.vote_box(post, posts.score(4), verdict, '/posts/9/vote', guest=guest) }}",
        address="/questions/1/a-b",
        done={"vote-9": own_vote},
        post=SimpleNamespace(id=9),
        verdict=verdict,
        guest=guest,
    )


def test_who_may_vote_gets_two_buttons_that_say_which_is_pressed(rendered):
    page = vote_box(rendered, ALLOWED, own_vote=-1)
    assert page.form["action"] == "/posts/9/vote"
    assert [each["value"] for each in page.find_all("button")] == ["1", "-1"]
    assert [each["aria-pressed"] for each in page.find_all("button")] == ["false", "true"]
    assert page.find("input", {"name": "csrf_token"}) is not None


def test_guests_are_led_to_log_in_and_get_no_form(rendered):
    page = vote_box(rendered, Verdict("Log in to vote."), guest=True)
    assert page.form is None
    assert "next=/questions/1/a-b" in page.a["href"]


def test_who_may_not_vote_is_told_why(rendered):
    page = vote_box(rendered, Verdict("You cannot vote on your own post."))
    assert page.form is None
    assert page.p["title"] == "You cannot vote on your own post."
    assert "4" in page.get_text()


def test_page_links_keep_the_rest_of_the_address(rendered):
    page = Page(items=[], number=5, size=20, total=240)
    links = rendered(
        "{{ paging.links(page) }}", address="/questions?state=solved&page=5", page=page
    )
    addresses = {link.get_text().strip(): link["href"] for link in links.find_all("a")}
    assert addresses["Previous"] == "/questions?page=4&state=solved"
    assert addresses["1"] == "/questions?state=solved"
    assert addresses["12"] == "/questions?page=12&state=solved"
    assert links.find("a", {"aria-current": "page"}).get_text() == "5"
    assert len(links.select(".paging__gap")) == 2


def test_a_list_of_one_page_has_no_page_links(rendered):
    page = Page(items=[], number=1, size=20, total=20)
    assert rendered("{{ paging.links(page) }}", page=page).nav is None


def test_a_button_that_changes_something_posts_with_a_token(rendered):
    page = rendered(
        "{{ forms.button_to('Delete', '/x', confirm=words, values={'a': words}) }}", words=HOSTILE
    )
    assert page.form["method"] == "post"
    assert page.form["data-confirm"] == HOSTILE
    assert page.find("input", {"name": "a"})["value"] == HOSTILE
    assert page.find("input", {"name": "csrf_token"}) is not None
