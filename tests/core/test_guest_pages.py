"""Kept pages: fast for guests, never wrong, and never a member's."""

from __future__ import annotations

import contextlib
import threading

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update
from werkzeug.test import Client

from community.core import brand, guest_pages, kept_page, tracing
from community.core.change_log import Log
from community.core.clock import as_if_it_were, now
from community.core.db import db, transaction
from community.core.errors import CommunityError
from community.core.guest_pages import GuestPages
from community.members.models import Member
from community.posts.models import Post
from community.posts.services import Edit
from community.posts.texts import prepare
from community.questions.services import editing, relating, solving
from community.search import reactions, services


@pytest.fixture
def kept(app, monkeypatch) -> GuestPages:
    """The forum behind kept pages that look for changes at every request."""
    monkeypatch.setattr(guest_pages, "PAUSE", -1)
    pages = GuestPages(app, app.wsgi_app)
    monkeypatch.setattr(app, "wsgi_app", pages)
    return pages


class Guest:
    """Visits the forum as if each visit were the first thing that a process does."""

    def __init__(self, client, kept) -> None:
        self.client, self.kept = client, kept

    def get(self, path, **more):
        db.session.flush()
        db.session.expunge_all()
        return self.client.get(path, **more)

    def get_fresh(self, path):
        """Return the page as it is without anything kept."""
        app = self.client.application
        app.wsgi_app = self.kept.application
        try:
            return self.get(path)
        finally:
            app.wsgi_app = self.kept


@pytest.fixture
def guest(kept, app) -> Guest:
    """A guest for whom time stands still, lest "2 seconds ago" become "3 seconds ago" meanwhile."""
    with as_if_it_were(now()):
        yield Guest(app.test_client(use_cookies=False), kept)


def again(post):
    return db.session.get(type(post), post.id)


def author_of(post) -> Member:
    return db.session.get(Member, post.author_id)


def address(question) -> str:
    return f"/questions/{question.id}/{question.slug}"


def test_the_second_guest_gets_the_kept_page(kept, guest, make, count_queries):
    question = make.question()
    first = guest.get(address(question))
    with count_queries() as sql:
        second = guest.get(address(question))
    assert second.data == first.data
    assert "is *full* of sand" not in second.text
    assert kept.hits == 1
    assert len(sql) == 1
    assert "FROM changes" in sql[0]


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(lambda make, q, a: make.voted(a), id="a vote"),
        pytest.param(
            lambda make, q, a: make.answer(q, body="Try vinegar instead."), id="an answer"
        ),
        pytest.param(lambda make, q, a: make.comment(a, body="That broke mine!"), id="a comment"),
        pytest.param(lambda make, q, a: solving.accept(author_of(q), q, a), id="a solution"),
        pytest.param(lambda make, q, a: editing.delete(author_of(a), a), id="a deletion"),
        pytest.param(lambda make, q, a: _rename(a.author_id), id="a new name of an author"),
        pytest.param(lambda make, q, a: _call_the_brand("Vetiver"), id="a new name of the brand"),
    ],
)
def test_the_next_guest_sees(happens, guest, make):
    question = make.question()
    answer = make.answer(question, body="Descale it with salt.")
    before = guest.get(address(question)).text
    happens(make, again(question), again(answer))
    after = guest.get(address(question)).text
    assert after != before
    assert after == guest.get_fresh(address(question)).text


def test_the_next_guest_sees_a_new_title_of_a_related_question(guest, make):
    question, other = make.question(), make.question(title="An old title")
    relating.relate({question.id: [other.id]})
    assert "An old title" in guest.get(address(question)).text
    other = again(other)
    change = Edit(text=prepare(other.body), version=other.version, title="A new title", tags=())
    editing.edit(author_of(other), other, change)
    after = guest.get(address(question)).text
    assert "A new title" in after
    assert after == guest.get_fresh(address(question)).text


def test_a_change_elsewhere_keeps_the_page(kept, guest, make):
    question, other = make.question(), make.question()
    guest.get(address(question))
    make.answer(again(other))
    guest.get(address(question))
    assert kept.hits == 1


def test_a_list_shows_what_was_just_asked(guest, make):
    make.question()
    assert "Why is the tea blue?" not in guest.get("/questions").text
    make.question(title="Why is the tea blue?")
    assert "Why is the tea blue?" in guest.get("/questions").text


def test_a_statement_past_all_services_is_noticed(guest, make):
    question = make.question()
    guest.get(address(question))
    db.session.execute(update(Post).where(Post.id == question.id).values(body_html="<p>Anew.</p>"))
    assert "<p>Anew.</p>" in guest.get(address(question)).text


def test_counting_views_makes_no_page_anew(kept, guest, make):
    question = make.question()
    guest.get(address(question))
    db.session.execute(text("UPDATE posts SET views = views + 1"))
    guest.get(address(question))
    assert kept.hits == 1


def test_every_guest_who_reads_a_kept_page_is_counted(app, guest, make):
    question = make.question()
    app.extensions["readership"].take()
    for browser in ("Firefox", "Safari", "Edge", "Googlebot"):
        guest.get(address(question), headers={"User-Agent": browser})
    assert app.extensions["readership"].take()[question.id] == 3


def test_each_language_has_its_own_page(guest, make):
    question = make.question()
    english = guest.get(address(question), headers={"Accept-Language": "en"})
    spanish = guest.get(address(question), headers={"Accept-Language": "es-MX,es;q=0.9"})
    chosen = guest.get(address(question), headers={"Cookie": "language=es"})
    assert '<html lang="en"' in english.text
    assert '<html lang="es"' in spanish.text
    assert chosen.text == spanish.text


def test_a_page_that_has_not_changed_is_not_sent_again(guest, make):
    question = make.question()
    first = guest.get(address(question))
    second = guest.get(address(question), headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 304
    assert second.data == b""
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["X-Content-Type-Options"] == "nosniff"
    make.voted(again(question))
    assert (
        guest.get(address(question), headers={"If-None-Match": first.headers["ETag"]}).status_code
        == 200
    )


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_page_is_packed_once(encoding, guest, make, monkeypatch):
    question = make.question()
    asked = {"Accept-Encoding": encoding}
    plain = guest.get(address(question))
    first = guest.get(address(question), headers=asked)
    monkeypatch.setattr(kept_page, "packed", None)
    second = guest.get(address(question), headers=asked)
    assert second.headers["Content-Encoding"] == encoding
    assert second.data == first.data
    assert len(second.data) < len(plain.data) / 3


def test_shared_caches_ask_each_time_and_tell_visitors_apart(guest, make):
    response = guest.get(address(make.question()))
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(response.vary)


@pytest.mark.parametrize("path", ["/", "/questions", "/tags", "/badges", "{question}", "{member}"])
def test_no_page_of_a_member_is_ever_kept_or_shared(path, app, kept, guest, make, log_in):
    member = make.member("zenobia")
    question = make.question(author=member)
    path = path.format(question=address(question), member=f"/members/{member.id}/zenobia")
    client = log_in(member)
    cookie = "; ".join(f"{each.key}={each.value}" for each in client._cookies.values())
    mine = guest.get(path, headers={"Cookie": cookie})
    assert "csrf_token" in mine.text or "Log out" in mine.text
    assert mine.headers["Cache-Control"].startswith("private")
    assert not kept._pages
    theirs = guest.get(path)
    assert "csrf_token" not in theirs.text
    assert "Log out" not in theirs.text
    assert guest.get(path, headers={"Cookie": cookie}).text != theirs.text


@pytest.mark.parametrize("path", ["/login", "/register", "/healthz", "/nothing"])
def test_pages_with_forms_of_their_own_are_not_kept(path, kept, guest, make):
    make.question()
    guest.get(path)
    guest.get(path)
    assert not kept._pages


def test_what_is_gone_is_gone_at_once(guest, make):
    question = make.question()
    assert guest.get(address(question)).status_code == 200
    question = again(question)
    editing.delete(author_of(question), question)
    assert guest.get(address(question)).status_code == 410


def test_many_guests_at_the_same_moment_have_a_page_made_once(app):
    made, begun = [], threading.Barrier(8)

    def slow(environ, start):
        made.append(environ["PATH_INFO"])
        threading.Event().wait(0.05)
        start("200 OK", [("Content-Type", "text/html")])
        return [b"the page"]

    pages = GuestPages(app, slow)
    pages.log = Log(lambda after: [], 60)

    def visit():
        begun.wait()
        assert Client(pages).get("/questions").data == b"the page"

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    assert made == ["/questions"]


def test_pages_are_shown_while_the_database_is_away(kept, guest, make, monkeypatch, caplog):
    question = make.question()
    page = guest.get(address(question)).data

    def fail(_after):
        raise OSError("gone")

    monkeypatch.setattr(kept.log, "_glance", fail)
    assert guest.get(address(question)).data == page
    assert "go on being shown" in caplog.text


def test_memory_is_bounded_and_the_oldest_page_goes_first(kept, guest, make, monkeypatch):
    questions = [make.question() for _ in range(4)]
    size = len(guest.get(address(questions[0])).data) * 2
    monkeypatch.setattr(kept._pages, "most", int(size * 2.5))
    for question in questions[1:]:
        guest.get(address(question))
    assert [key[1] for key in kept._pages] == [address(each) for each in questions[2:]]


acts = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "answer",
                "comment",
                "vote",
                "down",
                "edit",
                "accept",
                "take back",
                "delete",
                "rename",
            ],
        ),
        st.integers(0, 5),
    ),
    max_size=12,
)


ACTS = {
    "answer": lambda make, q, a, answers: answers.append(make.answer(q)),
    "comment": lambda make, q, a, answers: make.comment(a),
    "vote": lambda make, q, a, answers: make.voted(a),
    "down": lambda make, q, a, answers: make.voted(a, -1),
    "edit": lambda make, q, a, answers: editing.edit(
        author_of(a), a, Edit(text=prepare(f"Text {a.version}."), version=a.version)
    ),
    "accept": lambda make, q, a, answers: solving.accept(author_of(q), q, a),
    "take back": lambda make, q, a, answers: solving.take_back_solution(author_of(q), q, a),
    "delete": lambda make, q, a, answers: editing.delete(author_of(a), a),
    "rename": lambda make, q, a, answers: _rename(a.author_id, f"Name {len(answers)}"),
}


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 5)), max_size=12))
def test_a_kept_page_is_never_other_than_a_fresh_one(acts, guest, make):
    question = make.question()
    answers = [make.answer(question)]
    for what, number in acts:
        _act(
            make,
            what,
            again(question),
            again(answers[number % len(answers)]),
            answers,
        )
        for path in (address(question), "/questions", "/"):
            assert guest.get(path).text == guest.get_fresh(path).text, (what, path)


def _act(make, what, question, answer, answers):
    with contextlib.suppress(CommunityError):  # What may not be done changes nothing.
        ACTS[what](make, question, answer, answers)


@transaction
def _rename(member_id: int, name: str = "Somebody New") -> None:
    db.session.get(Member, member_id).name = name


@transaction
def _call_the_brand(name: str) -> None:
    brand.NAME.put(name)


def test_a_kept_search_shows_what_the_index_has_learnt_since(kept, guest, make):
    question = make.question(title="Why is the fan so loud?")
    services.note_change(f"questions:{question.id}")
    assert "Why is the" not in guest.get("/search?q=loud").text
    assert "Why is the" not in guest.get("/search?q=loud").text
    assert kept.hits == 1
    reactions.flush()
    assert "Why is the" in guest.get("/search?q=loud").text
    guest.get("/search?q=loud")
    assert kept.hits == 2


def test_a_kept_page_has_one_name_that_of_the_log(kept, make, monkeypatch):
    names_in_the_log, look = [], kept._look
    monkeypatch.setattr(
        kept, "_look", lambda **more: names_in_the_log.append(tracing.name()) or look(**more)
    )
    browser, where = Client(tracing.Names(kept, takes_names=True)), address(make.question())
    first = browser.get(where, headers={"X-Request-Id": "made-for-the-first"})
    again = browser.get(where, headers={"X-Request-Id": "kept-for-the-second"})
    tag = {"If-None-Match": again.headers["ETag"]}
    unchanged = browser.get(where, headers=tag | {"X-Request-Id": "known-by-the-third"})
    assert [each.status_code for each in (first, again, unchanged)] == [200, 200, 304]
    for answer, name in (
        (first, "made-for-the-first"),
        (again, "kept-for-the-second"),
        (unchanged, "known-by-the-third"),
    ):
        assert answer.headers.getlist("X-Request-Id") == [name]
        assert name in names_in_the_log
