import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.members import passwords, queries

PASSWORD = "correct horse battery staple"
NEW = {
    "name": "Ann Arbor",
    "handle": "ann",
    "email": "ann@example.org",
    "password": PASSWORD,
}


@pytest.fixture
def ann(make):
    return make.member("ann", password_hash=passwords.hashed(PASSWORD))


def acts():
    return list(db.session.scalars(select(Act.name).order_by(Act.id)))


def test_who_registers_is_logged_in_and_goes_back_to_the_page(client):
    answer = client.post("/register?next=/questions", data=NEW)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/questions"
    member = queries.by_handle("ann")
    assert member.name == "Ann Arbor"
    assert member.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert client.get("/login").status_code == 302
    assert acts() == ["registered"]


def test_a_member_logs_in_by_handle_or_address(client, ann):
    for name in ("ann", "@Ann", "ANN@example.org"):
        answer = client.post("/login", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, name
        client.post("/logout")
    assert acts() == ["logged-in", "logged-out"] * 3


def test_a_profile_with_another_handle_moves_to_the_right_address(client, ann):
    answer = client.get(f"/members/{ann.id}/old")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/members/{ann.id}/ann"
    assert "Ann" in client.get(f"/members/{ann.id}/ann").text
