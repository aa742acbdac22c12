"""Feeds, as a reader of feeds understands them."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from lxml import etree

from community.core import clock
from community.questions.services import editing

BASE = "http://localhost:8000"
JANUARY = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def feed(client):
    """Open a feed and read it; what is not well-formed XML fails."""

    def _feed(where):
        answer = client.get(where)
        assert answer.status_code == 200
        assert answer.mimetype == "application/atom+xml"
        etree.fromstring(answer.data)
        read = feedparser.parse(answer.data)
        assert not read.bozo
        assert read.version == "atom10"
        assert read.feed.links[0].href == BASE + where
        return read

    return _feed


def test_all_questions_newest_first(make, feed):
    with clock.as_if_it_were(JANUARY):
        old = make.question(make.member("ann"), "Why is it <b>full</b> of sand?", tags=("sand",))
    new = make.question()
    read = feed("/feeds/questions.atom")
    assert [each.id for each in read.entries] == [
        f"{BASE}/questions/{new.id}",
        f"{BASE}/questions/{old.id}",
    ]
    entry = read.entries[1]
    assert entry.title == "Why is it <b>full</b> of sand?"
    assert entry.link == f"{BASE}/questions/{old.id}/{old.slug}"
    assert entry.published == entry.updated == "2026-01-02T03:04:05+00:00"
    assert entry.author_detail.name == "Ann"
    assert entry.author_detail.href == f"{BASE}/members/{old.author_id}/ann"
    assert entry.tags[0].term == "sand"
    assert "<em>full</em>" in entry.content[0].value
    assert entry.content[0].base == f"{BASE}/"


def test_each_list_has_its_own(make, feed):
    ann, kettle = make.member("ann"), make.product("Kettle 9000")
    make.question(ann, "About the kettle", product=kettle, tags=("sand",))
    other = make.question(title="About something else")
    reply = make.answer(other, ann, body="Have a look at the **manual**.")
    titles = {
        "/feeds/questions.atom": ["About something else", "About the kettle"],
        "/feeds/unanswered.atom": ["About the kettle"],
        f"/feeds/products/{kettle.slug}.atom": ["About the kettle"],
        "/feeds/tags/sand.atom": ["About the kettle"],
        f"/feeds/members/{ann.id}.atom": [
            "Answer by Ann: About something else",
            "About the kettle",
        ],
        f"/feeds/questions/{other.id}.atom": [
            "Answer by Ann: About something else",
            "About something else",
        ],
    }
    for where, expected in titles.items():
        assert [each.title for each in feed(where).entries] == expected, where
    answer = feed(f"/feeds/questions/{other.id}.atom").entries[0]
    assert answer.id == f"{BASE}/questions/{other.id}#answer-{reply.id}"
    assert answer.link == f"{BASE}/answers/{reply.id}"


def test_updated_follows_the_content_and_nothing_else(make, feed, run_jobs):
    with clock.as_if_it_were(JANUARY):
        question = make.question()
    make.voted(question)
    run_jobs()
    where = "/feeds/questions.atom"
    assert feed(where).feed.updated == "2026-01-02T03:04:05+00:00"
    with clock.as_if_it_were(JANUARY + timedelta(days=1)):
        make.answer(question)
    read = feed(where)
    assert read.feed.updated == read.entries[0].updated == "2026-01-03T03:04:05+00:00"
    assert read.entries[0].published == "2026-01-02T03:04:05+00:00"


def test_who_asks_again_gets_nothing_until_something_changed(make, client):
    question = make.question()
    where = "/feeds/questions.atom"
    first = client.get(where)
    by_tag = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert (by_tag.status_code, by_tag.data) == (304, b"")
    assert first.headers["Cache-Control"] == "public, no-cache"
    with clock.as_if_it_were(clock.now() + timedelta(minutes=1)):
        make.answer(question)
    again = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["Last-Modified"] != first.headers["Last-Modified"]


def test_who_knows_only_the_date_gets_what_was_taken_away_no_more(make, client):
    """When the newest entry goes, the date of the feed goes back."""
    make.question(title="This one stays")
    with clock.as_if_it_were(clock.now() + timedelta(minutes=1)):
        newest = make.question(title="This one is hidden")
    where = "/feeds/questions.atom"
    first = client.get(where)
    assert "This one is hidden" in first.text
    make.hidden(newest)
    again = client.get(where, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 200
    assert "This one is hidden" not in again.text
    assert "This one stays" in again.text


def test_what_is_not_public_is_in_no_feed(make, feed, client):
    ann, question = make.member("ann"), make.question()
    make.hidden(make.answer(question, ann, body="Buy my pills."))
    hidden, gone = make.hidden(make.question()), make.question()
    editing.delete(gone.author, gone)
    for where in ("questions", f"questions/{question.id}", f"members/{ann.id}"):
        read = feed(f"/feeds/{where}.atom")
        assert not any("pills" in str(each) for each in read.entries)
        there = {each.id for each in read.entries}
        assert not {f"{BASE}/questions/{each.id}" for each in (hidden, gone)} & there
    assert client.get(f"/feeds/questions/{hidden.id}.atom").status_code == 404
    assert client.get(f"/feeds/questions/{gone.id}.atom").status_code == 410
    assert client.get("/feeds/tags/nothing.atom").status_code == 404
    answer = make.answer(question)
    assert client.get(f"/feeds/questions/{answer.id}.atom").status_code == 404


def test_an_empty_feed_is_a_feed(feed):
    assert feed("/feeds/questions.atom").entries == []


def test_what_xml_cannot_say_is_left_out(make, feed):
    make.question(title="Page \x0c break & <tag>", body="One \x0c two ]]> three")
    (entry,) = feed("/feeds/questions.atom").entries
    assert "\x0c" not in entry.content[0].value
    assert "three" in entry.content[0].value


def test_pages_lead_to_their_feeds(make, client):
    question = make.question(make.member("ann", trust_level=1), tags=("sand",))
    for where, feed in {
        "/": "/feeds/questions.atom",
        "/questions": "/feeds/unanswered.atom",
        "/tags/sand": "/feeds/tags/sand.atom",
        f"/questions/{question.id}/{question.slug}": f"/feeds/questions/{question.id}.atom",
        f"/members/{question.author_id}/ann": f"/feeds/members/{question.author_id}.atom",
    }.items():
        assert f'href="{BASE}{feed}"' in client.get(where).text
        assert client.get(feed).status_code == 200


def test_feeds_speak_the_language_of_the_brand_and_are_the_same_for_all(make, client):
    answer = make.answer(make.question(), make.member("ann"))
    where = f"/feeds/members/{answer.author_id}.atom"
    texts = {client.get(where, headers={"Accept-Language": each}).text for each in ("es", "en")}
    assert len(texts) == 1
    assert client.get("/feeds/questions.atom").headers["X-Robots-Tag"] == "noindex"
