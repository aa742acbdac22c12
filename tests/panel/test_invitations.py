"""The page on which people are invited."""

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.members.models import Invitation
from community.members.services import inviting
from community.members.services.inviting import Wish

GOOD = {"emails": "ana@example.com", "role": "member", "language": "en", "message": ""}


def count():
    return db.session.scalar(select(func.count(Invitation.id)))


def test_addresses_may_stand_in_any_order_with_anything_between(log_in, make):
    several = "ana@example.com, <Ben@Example.com>;\n cem@example.com ana@example.com"
    log_in(make.admin()).post("/admin/invitations", data=GOOD | {"emails": several})
    kept = db.session.scalars(select(Invitation.email).order_by(Invitation.id)).all()
    assert kept == ["ana@example.com", "ben@example.com", "cem@example.com"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"emails": "ana@example.com nonsense"}, "No e-mail address: nonsense"),
        ({"emails": " ".join(f"a{n}@example.com" for n in range(51))}, "At most 50 at once"),
        ({"emails": ""}, "Please fill this in."),
        ({"role": "owner"}, "Please choose one of these"),
        ({"message": "x" * 1001}, "Too long."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(log_in, make, wrong, told):
    sent = GOOD | {"message": "Come in, all of you."} | wrong
    page = log_in(make.admin()).post("/admin/invitations", data=sent)
    assert (page.status_code, told in page.text, count()) == (422, True, 0)
    assert sent["emails"] in page.text
    assert sent["message"] in page.text


def test_a_moderator_sees_the_own_ones_and_cannot_ask_for_a_role(log_in, make):
    inviting.invite(make.admin(), ["secret@example.com"], Wish())
    mia = log_in(make.moderator())
    assert mia.post("/admin/invitations", data=GOOD | {"role": "admin"}).status_code == 422
    mia.post("/admin/invitations", data=GOOD)
    page = mia.get("/admin/invitations").text
    assert ("ana@example.com" in page, "secret@example.com" in page) == (True, False)
    assert "panel-nav" not in page


def test_members_do_not_come_in(log_in, make):
    assert log_in(make.member()).get("/admin/invitations").status_code == 403


def test_buttons_send_again_and_take_back(log_in, make):
    admin = log_in(make.admin())
    admin.post("/admin/invitations", data=GOOD)
    number = db.session.scalar(select(Invitation.id))
    admin.post(f"/admin/invitations/{number}/sending")
    admin.post(f"/admin/invitations/{number}/revocation")
    over = admin.get("/admin/invitations?state=over").text
    assert "Taken back" in over
    again = admin.post(f"/admin/invitations/{number}/sending", follow_redirects=True)
    assert "over already" in again.text
    assert admin.post("/admin/invitations/999/sending", follow_redirects=True).status_code == 200


def test_the_list_takes_as_many_statements_for_many_as_for_few(log_in, make, count_queries):
    admin = make.admin()
    page = log_in(admin)
    page.get("/admin/invitations")
    inviting.invite(admin, ["a@example.com"], Wish())
    with count_queries() as few:
        page.get("/admin/invitations")
    inviting.invite(admin, [f"a{n}@example.com" for n in range(9)], Wish())
    with count_queries() as many:
        page.get("/admin/invitations")
    assert len(few) == len(many)
