"""What members' pages share: never wrong, and never another member's."""

from __future__ import annotations

import contextlib
import re

import pytest
from flask import session
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from community.core import holes, kept_part, shared_parts
from community.core.change_log import Log
from community.core.clock import as_if_it_were, now
from community.core.db import db, transaction
from community.core.errors import CommunityError
from community.core.policy import unguarded
from community.core.shared_parts import SharedParts, of_facts
from community.core.text.tight import tightened
from community.members import recognition
from community.members.models import Member
from community.posts.services import Edit
from community.posts.texts import prepare
from community.products.models import Product
from community.questions.models import Answer, CloseReason, Question
from community.questions.queries import threads
from community.questions.services import (
    arranging,
    closing,
    drafting,
    editing,
    following,
    joining,
    relating,
    solving,
)
from community.questions.services.editing import delete
from community.questions.views import pieces
from community.thanks import services as thanks
from tests.core.test_guest_pages import ACTS, again, author_of

EACH_ITS_OWN = re.compile(r'(name="(?:csrf_token|submission_key)"\s+value=")[^"]+')


@pytest.fixture
def visit(app, make, monkeypatch):
    """Visit a page as a member, once with shared parts and once without: the same, but for tokens.

    visit(member, path) returns the page. Time stands still, lest "2 seconds ago" become
    "3 seconds ago" meanwhile.
    """
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    app.extensions["shared_parts"] = SharedParts(Log(app.extensions["guest_pages"].log._read, -1))
    clients = {}

    def _get(member, path):
        if member.id not in clients:
            clients[member.id] = app.test_client()
            with clients[member.id].session_transaction() as session:
                session["_user_id"] = str(member.id)
        db.session.flush()
        db.session.expunge_all()
        return clients[member.id].get(path)

    def _visit(member, path):
        monkeypatch.setitem(app.config, "KEPT_PAGES", True)
        shared = _get(member, path)
        again = _get(member, path)
        monkeypatch.setitem(app.config, "KEPT_PAGES", False)
        alone = _get(member, path)
        # White space around what is filled in is that of the piece it came from.
        seen = [tightened(page.text) for page in (shared, again, alone)]
        pages = {EACH_ITS_OWN.sub(r"\1…", text) for text in seen}
        assert len(pages) == 1
        assert holes._MARK not in shared.text + again.text
        return again

    with as_if_it_were(now()):
        yield _visit


def address(question) -> str:
    return f"/questions/{question.id}/{question.slug}"


def test_members_of_every_kind_see_what_they_would_see_alone(visit, make):
    asker, helper = make.member("asker"), make.member("helper")
    question = make.question(asker)
    answer, gone = make.answer(question, helper), make.answer(question)
    make.comment(answer, asker)
    voter = make.member("voter")
    make.voted(answer, 1, voter)
    delete(gone.author, gone)
    following.follow(make.member("follower"), question)
    readers = [
        asker, helper, voter, gone.author,
        make.member("plain"), make.member("old hand", trust_level=3),
        make.member("private", measures_reading=False),
        make.member("hispana", language="es", time_zone="America/Bogota"),
        make.moderator(), make.staff(), make.admin(),
    ]  # fmt: skip
    for _ in range(2):
        for reader in readers:
            for path in (address(question), "/questions", "/"):
                visit(reader, path)


def test_two_members_never_share_a_token_or_a_key(visit, make):
    question = make.question()
    make.answer(question)
    pages = [visit(make.member(), address(question)).text for _ in range(2)]
    tokens = [set(re.findall(r'name="csrf_token"\s+value="([^"]+)', page)) for page in pages]
    keys = [re.findall(r'name="submission_key"\s+value="([^"]+)', page) for page in pages]
    assert all(tokens)
    assert tokens[0].isdisjoint(tokens[1])
    assert len(keys[0]) >= 3
    assert len(set(keys[0] + keys[1])) == len(keys[0] + keys[1])


def test_a_draft_is_shown_to_its_writer_alone(visit, make):
    question, writer, other = make.question(), make.member(), make.member()
    drafting.keep_draft(writer, f"answer:{question.id}", {"body": "Half a thought"})
    assert "Half a thought" in visit(writer, address(question)).text
    assert "Half a thought" not in visit(other, address(question)).text


def test_the_second_member_needs_no_rows_of_the_thread(
    app, make, log_in, monkeypatch, count_queries
):
    monkeypatch.setitem(app.config, "KEPT_PAGES", True)
    question = make.question()
    make.answer(question)
    log = app.extensions["guest_pages"].log
    app.extensions["shared_parts"] = SharedParts(Log(log._read, -1, glance=log._glance))
    place = address(question)
    log_in(make.member()).get(place)
    second = log_in(make.member())
    with count_queries() as sql:
        page = second.get(place)
    assert "Rinse it with cold water." in page.text
    assert not [each for each in sql if "body_html" in each]
    assert len(sql) <= 7


# What a reader does for themselves: it shows on their page, and on nobody else's.
OWN_ACTS = {
    "vote": lambda make, reader, q, a: make.voted(a, 1, reader),
    "vote against the question": lambda make, reader, q, a: make.voted(q, -1, reader),
    "thank": lambda make, reader, q, a: thanks.thank(reader, a),
    "have it, too": lambda make, reader, q, a: following.have_too(reader, q),
    "have it no more": lambda make, reader, q, a: following.have_no_more(reader, q),
    "follow": lambda make, reader, q, a: following.follow(reader, q),
    "follow no more": lambda make, reader, q, a: following.unfollow(reader, q),
    "answer": lambda make, reader, q, a: make.answer(q, reader),
    "comment": lambda make, reader, q, a: make.comment(a, reader),
    "close": lambda make, reader, q, a: closing.close(reader, q, CloseReason.OUTDATED),
    "open again": lambda make, reader, q, a: closing.reopen(reader, q),
    "draft": lambda make, reader, q, a: drafting.keep_draft(
        reader, f"answer:{q.id}", {"body": "Half a thought"}
    ),
}


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    acts=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(sorted(OWN_ACTS)), st.integers(0, 1)),
        max_size=8,
    )
)
def test_what_readers_do_shows_on_their_own_page_alone(acts, visit, make):
    question = make.question()
    # By their numbers, for what was refused leaves no row as it was.
    number, path, asker = question.id, address(question), question.author_id
    answers = [make.answer(question).id for _ in range(2)]
    readers = [asker, *(make.member(trust_level=4).id for _ in range(2))]
    for who, what, which in acts:
        reader, answer = (
            db.session.get(Member, readers[who]),
            db.session.get(Answer, answers[which]),
        )
        with contextlib.suppress(CommunityError):
            OWN_ACTS[what](make, reader, db.session.get(Question, number), answer)
        for each in readers:
            visit(db.session.get(Member, each), path)


def test_where_a_thread_leads_to_is_seen_by_members(visit, make):
    reader = make.member(trust_level=4)
    product = make.product()
    tags = ("filter", "sand")
    question, original, other, part = (
        make.question(title=title, product=product, tags=tags)
        for title in ("Where is it?", "An original", "A related one", "A part of it")
    )
    asker, joined = author_of(question), author_of(part)
    relating.relate({question.id: [other.id]})
    joining.merge(make.moderator(), again(part), again(question))
    suggester = make.member(trust_level=4)
    arranging.suggest_duplicate(again(suggester), again(question), again(original))
    for each in (reader, asker, joined, suggester):
        page = visit(again(each), address(question)).text
        assert all(words in page for words in ("A related one", "A part of it", "An original"))
    _solve(make, other)
    assert "Solved" in visit(again(reader), address(question)).text
    closing.close(again(asker), again(question), CloseReason.DUPLICATE, again(original))
    editing.edit(author_of(again(original)), again(original), _renamed(original))
    for each in (reader, asker, joined):
        page = visit(again(each), address(question)).text
        assert "The first of its kind" in page
        assert "An original" not in page


def _solve(make, question):
    answer = make.answer(again(question))
    solving.accept(author_of(again(question)), again(question), again(answer))


def _renamed(question) -> Edit:
    question = again(question)
    text = prepare("It is the same, but better told.")
    return Edit(text=text, version=question.version, title="The first of its kind", tags=())


def test_who_closed_it_alone_is_offered_to_open_it_again(visit, make):
    question = make.question()
    closer, other = (make.member(trust_level=4) for _ in range(2))
    closing.close(again(closer), again(question), CloseReason.OUTDATED)
    assert "Open again" not in visit(again(other), address(question)).text
    assert "Open again" in visit(again(closer), address(question)).text
    assert "Open again" not in visit(again(other), address(question)).text


def test_a_page_is_not_kept_for_one_who_wrote_on_it(app, visit, make):
    question = make.question()
    parts = app.extensions["shared_parts"]._parts
    visit(make.member(), address(question))
    visit(author_of(question), address(question))
    visit(make.answer(again(question)).author, address(question))
    pages = [key for key in parts if isinstance(key, tuple) and key[0] == "page"]
    assert len(pages) == 1


def test_only_what_looks_different_is_rendered_again(visit, make, monkeypatch):
    question = make.question()
    answers = [make.answer(question) for _ in range(3)]
    reader = make.member()
    visit(reader, address(question))
    rendered = []

    def noted(facts, render, **given):
        return of_facts(facts, lambda: rendered.append(facts[0]) or render(), **given)

    monkeypatch.setattr(pieces, "of_facts", noted)
    make.voted(again(answers[1]))
    visit(again(reader), address(question))
    assert rendered == ["score"]
    make.comment(again(answers[1]))
    visit(again(reader), address(question))
    assert rendered == ["score", "_answer"]
    make.answer(again(question))
    visit(again(reader), address(question))
    assert rendered == ["score", "_answer", "answers", "_answer"]


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 5)), max_size=8))
def test_whatever_happens_members_see_it_at_once(acts, visit, make):
    question = make.question()
    answers = [make.answer(question)]
    reader, asker = make.member(), author_of(question)
    for what, number in acts:
        answer = again(answers[number % len(answers)])
        with contextlib.suppress(CommunityError):
            ACTS[what](make, again(question), answer, answers)
        for each in (reader, asker, author_of(answer)):
            visit(again(each), address(question))


def test_a_solution_is_seen_by_the_next_member(visit, make):
    question = make.question()
    answer, reader = make.answer(question), make.member()
    assert "answer--solution" not in visit(reader, address(question)).text
    solving.accept(author_of(question), again(question), again(answer))
    assert "answer--solution" in visit(again(reader), address(question)).text


def test_who_has_just_written_sees_it_however_lately_another_process_looked(
    app, make, log_in, monkeypatch
):
    monkeypatch.setitem(app.config, "KEPT_PAGES", True)
    question = make.question()
    seldom = Log(app.extensions["guest_pages"].log._read, 3600)
    app.extensions["shared_parts"] = SharedParts(seldom)
    reader = log_in(make.member())
    assert "Try vinegar." not in reader.get(address(question)).text
    make.answer(again(question), body="Try vinegar.")
    assert "Try vinegar." in reader.get(address(question)).text


def test_no_more_parts_are_kept_than_fit(monkeypatch):
    monkeypatch.setattr(shared_parts, "MOST_BYTES", 2 * (kept_part.FRAME_BYTES + 10))
    parts = SharedParts(Log(lambda _after: [], 60))
    made = []

    def make(key) -> str:
        made.append(key)
        return "0123456789"

    for key in ("a", "b", "a", "c", "a", "b"):
        parts.get(key, lambda key=key: make(key))
    assert made == ["a", "b", "c", "b"]


def test_every_form_of_a_page_carries_the_same_token(visit, make):
    page = visit(make.member(), address(make.question())).text
    assert len(set(re.findall(r'name="csrf_token"\s+value="([^"]+)', page))) == 1


@pytest.fixture
def change(house):
    """Change a name, as another process does, and ask for it: by a part that is kept."""

    def _change(name):
        with house.app_context(), db.engine.connect() as connection:
            writing = connection.execution_options(begin_immediate=True)
            with writing.begin():
                writing.execute(update(Product).values(name=name))

    with house.app_context():
        save_in_its_own_transaction(Product(name="Before", slug="it"))
    return _change


@transaction
@unguarded("a test")
def save_in_its_own_transaction(row):
    db.session.add(row)


def name_as_shown():
    return shared_parts.shared("name", lambda: db.session.scalar(select(Product.name)))


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_what_a_request_read_before_a_change_is_not_kept_for_others(house, change, method):
    with house.test_request_context(method=method):
        db.session.execute(select(Product.id))
        change("After")
        seen = name_as_shown()
        assert seen == name_as_shown()
    with house.test_request_context():
        assert name_as_shown() == "After"


def test_what_a_request_read_before_it_made_a_part_is_kept_where_nothing_changed(
    house, change, count_queries
):
    for _ in range(2):
        with house.test_request_context(), count_queries() as sql:
            db.session.execute(select(Product.id))
            assert name_as_shown() == "Before"
    assert not [each for each in sql if "products.name" in each]


def test_somebody_with_a_session_that_is_over_leaves_nothing_old_behind(house, change, monkeypatch):
    ask = recognition._asked_with_glance

    def asked(*args):
        found = ask(*args)
        monkeypatch.undo()
        change("After")
        return found

    with house.test_request_context("/questions", headers={"Cookie": "session=gone"}):
        monkeypatch.setattr(recognition, "_asked_with_glance", asked)
        assert not session.get("_user_id")
        name_as_shown()
    with house.test_request_context():
        assert name_as_shown() == "After"


def test_what_stands_around_a_question_is_read_again_when_it_changes(visit, make, monkeypatch):
    question, near = make.question(), make.question(title="A kettle that hisses")
    reader, place = make.member(), address(question)
    assert "A kettle that hisses" not in visit(reader, place).text
    relating.relate({question.id: [near.id]})
    assert "A kettle that hisses" in visit(again(reader), place).text
    make.edited(again(question), author_of(question), tags=("limescale",))
    assert "limescale" in visit(again(reader), place).text
    make.edited(again(near), author_of(near), title="A kettle that whistles")
    assert "A kettle that whistles" in visit(again(reader), place).text
    read, around = [], threads.around
    monkeypatch.setattr(threads, "around", lambda *about: read.append(about) or around(*about))
    make.answer(again(question))
    visit(again(reader), place)
    assert len(read) == 1, "only the page without kept parts reads it again"
