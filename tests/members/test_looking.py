"""Seeing the forum as somebody else: who may, what is shown, and that nothing at all is written."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock, looking
from community.core.audit import Act
from community.core.changes import Change
from community.core.db import db
from community.core.errors import Forbidden
from community.members.models import Role, Session
from community.members.services import looking as services
from community.questions.services import drafting

LOOK = {"reason": "She sees no answer."}
BAR = "You see what"
VOTED = re.compile(r'value="1"[^>]*aria-pressed="true"')


@pytest.fixture
def ana(make):
    return make.member("ana")


@pytest.fixture
def looker(log_in, make, ana):
    """An admin who sees the forum as ana."""
    admin = log_in(make.admin("root"))
    assert admin.post(f"/admin/people/{ana.id}/look", data=LOOK).location == "/"
    return admin


def changes():
    return db.session.scalar(select(func.count(Change.id)))


def test_an_admin_sees_what_she_sees_and_a_bar_says_so(looker):
    page = looker.get("/settings").text
    assert ("You see what Ana sees." in page, 'value="Ana"' in page) == (True, True)
    assert looker.get("/admin").status_code == 403
    assert looker.get("/").headers["Cache-Control"] == "no-store"


def test_an_admin_does_not_learn_how_she_voted(make, log_in, ana):
    question = make.voted(make.question(), member=ana)
    address = f"/questions/{question.id}/{question.slug}"
    assert VOTED.search(log_in(ana).get(address).text)
    admin = log_in(make.admin("root"))
    admin.post(f"/admin/people/{ana.id}/look", data=LOOK)
    page = admin.get(address).text
    assert (BAR in page, VOTED.search(page)) == (True, None)


def test_an_admin_leaves_and_is_themselves_again(looker, ana):
    assert looker.post("/admin/look/end").location == f"/admin/people/{ana.id}"
    page = looker.get("/admin/people")
    assert (page.status_code, BAR in page.text) == (200, False)
    acts = db.session.execute(select(Act.name, Act.subject, Act.reason).order_by(Act.id)).all()
    assert [tuple(act) for act in acts[-2:]] == [
        ("looked-as", f"members:{ana.id}", "She sees no answer."),
        ("stopped-looking-as", f"members:{ana.id}", ""),
    ]


def test_it_needs_a_reason_and_what_was_typed_stays(log_in, make, ana):
    admin, address = log_in(make.admin()), f"/admin/people/{ana.id}/look"
    page = admin.post(address, data={"reason": "ab"}, follow_redirects=True).text
    assert "Please give a reason" in page
    assert 'value="ab"' in page
    assert BAR not in page


@pytest.mark.parametrize("role", ["moderator", "member", "staff"])
def test_nobody_but_admins_looks(log_in, make, ana, role):
    visitor = log_in(getattr(make, role)())
    assert visitor.post(f"/admin/people/{ana.id}/look", data=LOOK).status_code == 403
    with pytest.raises(Forbidden):
        services.look_as(make.moderator(), ana, "I am curious.")


def test_nobody_looks_as_an_admin_or_as_who_has_left(make):
    gone = make.member(deleted_at=clock.now())
    for other in (make.admin(), gone):
        with pytest.raises(Forbidden):
            services.look_as(make.admin(), other, "I am curious.")


@pytest.mark.parametrize(
    "address",
    [
        *("/settings", "/settings/password", "/language", "/logout", "/notifications/reading"),
        *("/reading", "/drafts", "/questions/{question}/vote", "/uploads"),
    ],
)
def test_no_form_changes_anything(looker, make, address):
    path = address.format(question=make.question().id)
    before = changes()
    refused = looker.post(path, data={"name": "Eve", "language": "es"})
    assert (refused.status_code, "You only look at the forum" in refused.text) == (403, True)
    assert changes() == before


def test_programs_are_refused_too(looker):
    refused = looker.post("/drafts", json={}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json["error"]) == (403, "Forbidden")


def test_every_page_that_can_be_read_writes_nothing(looker, app, make, ana):
    answer = make.answer(author=ana)
    numbers = {"question_id": answer.question_id, "answer_id": answer.id, "post_id": answer.id}
    numbers |= {"member_id": ana.id, "handle": "ana"}
    before = changes()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and set(rule.arguments) <= set(numbers):
            page = looker.get(rule.build({name: numbers[name] for name in rule.arguments})[1])
            assert page.status_code != 500, rule
            assert b"You only look at the forum" not in page.data, rule
    assert changes() == before


def test_nothing_of_hers_is_touched_by_being_looked_at(looker, make, ana):
    readership = looker.application.extensions["readership"]
    readership.write()
    question = make.question(ana)
    views, seen = question.views, ana.last_seen_at
    for path in (f"/questions/{question.id}", "/notifications", "/"):
        looker.get(path, follow_redirects=True, headers={"User-Agent": "Firefox"})
    readership.write()
    assert (make.fresh(question).views, make.fresh(ana).last_seen_at) == (views, seen)
    assert db.session.scalar(select(Session.id).where(Session.member_id == ana.id)) is None


def test_sessions_address_and_drafts_stay_closed(looker, make, ana):
    refused = looker.get("/settings/security")
    assert (refused.status_code, "private" in refused.text) == (403, True)
    question = make.question(product=make.product("Kettle"))
    drafting.keep_draft(ana, f"answer-{question.id}", {"body": "Not said yet"})
    drafting.keep_draft(ana, "questions.new", {"title": "Not asked yet"})
    thread = looker.get(f"/questions/{question.id}", follow_redirects=True).text
    assert "Not said yet" not in thread
    assert "Not asked yet" not in looker.get("/questions/new/kettle/none").text


def test_after_half_an_hour_it_ends_and_a_late_form_is_not_sent(looker, monkeypatch):
    later = clock.now() + timedelta(minutes=30, seconds=1)
    monkeypatch.setattr("community.members.looking.now", lambda: later)
    late = looker.post("/settings", data={"name": "Eve"})
    assert (late.status_code, "The time of looking" in late.text) == (403, True)
    page = looker.get("/settings").text
    assert (BAR in page, "Eve" in page or 'value="Root"' in page) == (False, True)


def test_it_ends_by_itself_between_two_pages(looker, monkeypatch):
    later = clock.now() + timedelta(minutes=30, seconds=1)
    monkeypatch.setattr("community.members.looking.now", lambda: later)
    page = looker.get("/settings").text
    assert ('value="Root"' in page, "as yourself again" in page) == (True, True)


def test_it_ends_when_she_has_become_an_admin(looker, make, ana):
    make.fresh(ana).role = Role.ADMIN
    db.session.flush()
    assert BAR not in looker.get("/").text


def test_forms_opened_before_have_another_token(log_in, make, ana):
    admin = log_in(make.admin())
    with admin.session_transaction() as session:
        session["csrf_token"] = "old"
    admin.post(f"/admin/people/{ana.id}/look", data=LOOK)
    with admin.session_transaction() as session:
        assert session.get("csrf_token") != "old"


@pytest.mark.parametrize("sort", ["guest", "newcomer", "regular", "moderator"])
def test_an_admin_looks_as_nobody_in_particular(log_in, make, sort):
    question, admin = make.question(), log_in(make.admin())
    admin.post("/admin/people/look", data=LOOK | {"sort": sort})
    page = admin.get(f"/questions/{question.id}", follow_redirects=True)
    assert (page.status_code, BAR in page.text) == (200, True)
    assert (admin.get("/notifications").status_code == 200) is (sort != "guest")
    assert (admin.get("/moderation/queue").status_code == 200) is (sort == "moderator")
    assert admin.get("/admin").status_code in {302, 303, 403}
    assert admin.post("/admin/look/end").location == "/admin/people"


def test_a_sort_that_does_not_exist_is_refused(log_in, make):
    admin = log_in(make.admin())
    admin.post("/admin/people/look", data=LOOK | {"sort": "king"})
    assert BAR not in admin.get("/").text


def test_the_bar_speaks_the_language_of_whoever_looks(log_in, make):
    ana, admin = make.member("ana", language="es"), log_in(make.admin())
    admin.post(f"/admin/people/{ana.id}/look", data=LOOK)
    page = admin.get("/").text
    assert ('lang="es"' in page, "You see what Ana sees." in page) == (True, True)


def test_the_next_visitor_looks_at_nothing(looker, app):
    looker.get("/")
    assert not looking.is_on()
    assert BAR not in app.test_client().get("/").text


def test_a_suspended_member_is_seen_at_the_door_with_the_way_out(log_in, make):
    ana, admin = make.suspended("ana"), log_in(make.admin())
    admin.post(f"/admin/people/{ana.id}/look", data=LOOK)
    page = admin.get("/", follow_redirects=True)
    assert re.search("/admin/look/end", page.text)
    assert admin.post("/admin/look/end").status_code == 303
