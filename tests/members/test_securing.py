import pytest
from sqlalchemy import select

from community.core.db import db
from community.members import queries
from community.members.models import Member, Session
from tests.members.conftest import OTHER_PASSWORD, PASSWORD

CHANGE = {"password-current": PASSWORD, "password-password": OTHER_PASSWORD}
LEAVE = {"delete-current": PASSWORD, "delete-sure": "y"}


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(come_in, ann, acts, mails):
    here, there = come_in("ann"), come_in("ann")
    before = here.get_cookie("session").value
    assert here.post("/settings/password", data=CHANGE).status_code == 303
    assert here.get_cookie("session").value != before
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 303
    come_in("ann", OTHER_PASSWORD)
    assert acts() == ["logged-in", "logged-in", "password-changed", "logged-in"]
    assert [mail["To"] for mail in mails()] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/settings/password", CHANGE | {"password-current": "wrong"}),
        ("/settings/password", CHANGE | {"password-password": "short"}),
        ("/settings/email", {"email-current": "wrong", "email-email": "b@example.org"}),
        ("/settings/email", {"email-current": PASSWORD, "email-email": "b"}),
        ("/settings/account/delete", LEAVE | {"delete-current": "wrong"}),
        ("/settings/account/delete", {"delete-current": PASSWORD}),
    ],
)
def test_what_is_serious_needs_the_password_again(come_in, ann, make, address, form):
    page = come_in("ann").post(address, data=form)
    assert page.status_code == 422
    assert "field--wrong" in page.text
    assert PASSWORD not in page.text
    member = make.fresh(ann)
    assert (member.email, member.pending_email) == ("ann@example.org", "")
    assert member.deleted_at is None
    come_in("ann")


def test_the_password_is_asked_ten_times(come_in, ann, in_force):
    visitor = come_in("ann")
    form = {"email-current": "wrong", "email-email": "b@example.org"}
    pages = [visitor.post("/settings/email", data=form) for _ in range(11)]
    assert "This is not your password." in pages[9].text
    assert "That was tried very often." in pages[10].text


def test_sessions_are_listed_and_end_at_once(come_in, ann, acts):
    here, there, third = come_in("ann"), come_in("ann"), come_in("ann")
    page = here.get("/settings/security", headers={"User-Agent": "Firefox on Android"})
    assert page.text.count('/end"') == 3
    first = db.session.scalars(select(Session.id).order_by(Session.id)).all()
    here.post(f"/settings/sessions/{first[1]}/end")
    assert there.get("/settings").status_code == 303
    assert third.get("/settings").status_code == 200
    here.post("/settings/sessions/end")
    assert third.get("/settings").status_code == 303
    assert here.get("/settings").status_code == 200
    assert acts()[-2:] == ["session-ended", "session-ended"]


def test_nobody_ends_the_sessions_of_others(come_in, ann, make, password_hash):
    make.member("ben", password_hash=password_hash)
    there = come_in("ann")
    session = db.session.scalars(select(Session)).one()
    assert come_in("ben").post(f"/settings/sessions/{session.id}/end").status_code == 404
    assert there.get("/settings").status_code == 200


def test_a_deleted_account_is_forgotten_and_its_posts_stay(come_in, ann, make, acts, client):
    question = make.question(author=ann)
    here, there = come_in("ann"), come_in("ann")
    assert here.post("/settings/account/delete", data=LEAVE).status_code == 303
    assert there.get("/settings").status_code == 303
    member = db.session.get(Member, ann.id)
    make.fresh(member)
    left = (member.name, member.email, member.password_hash, member.about, member.handle)
    assert left == ("", None, "", "", f"~{ann.id}")
    assert client.get(f"/members/{ann.id}/ann").status_code == 410
    page = client.get(f"/questions/{question.id}/{question.slug}")
    assert "Former member" in page.text
    assert "Ann" not in page.text
    assert acts()[-1] == "account-deleted"
    assert queries.by_handle("ann") is None
    assert queries.like("~") == []


def test_the_last_admin_cannot_leave(make, come_in, password_hash):
    make.member("ann", password_hash=password_hash, role="admin")
    page = come_in("ann").post("/settings/account/delete", data=LEAVE)
    assert "You are the only admin." in page.text
    assert come_in("ann")
