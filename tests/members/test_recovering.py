from datetime import timedelta

import pytest

from community.core import clock
from community.core.clock import now
from community.core.db import db
from community.members import queries
from community.members.models import Token
from community.members.services import recovering, tokens
from tests.members.conftest import OTHER_PASSWORD, PASSWORD, link_in

ADDRESS = {"email": "ann@example.org"}


@pytest.fixture
def ask(client, mails):
    """Ask for a new password and return the path of the link that comes by mail."""

    def _ask(email="ann@example.org"):
        client.post("/password-reset", data={"email": email})
        return link_in(mails()[-1])

    return _ask


def test_a_link_by_mail_sets_a_new_password(client, ann, ask, acts, mails, come_in):
    answer = client.post(ask(), data={"password": OTHER_PASSWORD})
    assert answer.status_code == 303
    assert client.get("/settings").status_code == 200
    come_in("ann", OTHER_PASSWORD)
    assert acts() == ["reset-asked", "reset-done", "logged-in"]
    assert [mail["Subject"] for mail in mails()] == ["Your password was changed"]


def test_a_new_password_ends_every_session(client, ann, ask, come_in):
    elsewhere = come_in("ann")
    client.post(ask(), data={"password": OTHER_PASSWORD})
    assert elsewhere.get("/settings").status_code == 303


def test_a_link_works_once(app, client, ann, ask):
    link = ask()
    assert client.get(link).status_code == 200
    assert client.post(link, data={"password": "short"}).status_code == 200
    assert client.post(link, data={"password": OTHER_PASSWORD}).status_code == 303
    assert app.test_client().get(link).status_code == 410
    assert app.test_client().post(link, data={"password": PASSWORD}).status_code == 410


def test_only_the_newest_link_works(client, ann, ask):
    links = [ask() for _ in range(3)]
    assert [client.get(link).status_code for link in links] == [410, 410, 200]


def test_a_link_works_for_an_hour(client, ann, ask, monkeypatch):
    link = ask()
    later = now() + timedelta(minutes=61)
    monkeypatch.setattr(tokens, "now", lambda: later)
    assert client.get(link).status_code == 410


def test_a_change_of_password_or_address_ends_the_link(client, ann, ask, make):
    for column, value in (("password_hash", "another"), ("email", "b@example.org")):
        link = ask(queries.by_id(ann.id).email)
        setattr(make.fresh(ann), column, value)
        db.session.flush()
        assert client.get(link).status_code == 410, column


def test_the_answer_is_the_same_for_an_address_that_nobody_has(app, ann, mails, acts):
    pages = []
    for email in ("ann@example.org", "nobody@example.org"):
        visitor = app.test_client()
        answer = visitor.post("/password-reset", data={"email": email})
        pages.append((answer.status_code, answer.text, visitor.get("/login").text.count("")))
    assert pages[0] == pages[1]
    assert acts() == ["reset-asked"] * 2
    assert [mail["To"] for mail in mails()] == ["ann@example.org"]


def test_links_lead_to_the_address_of_the_forum_whatever_the_host_says(client, ann, mails):
    for host in ("evil.example", "localhost:8000@evil.example", "evil.example:80"):
        client.post("/password-reset", data=ADDRESS, headers={"Host": host})
    for mail in mails():
        assert "http://localhost:8000/password-reset/" in mail.get_content()
        assert "evil" not in mail.as_string()


def test_links_are_kept_as_hashes_and_never_cached_or_told(client, ann, ask):
    link = ask()
    token = link.rpartition("/")[2]
    assert len(token) >= 43
    assert token not in [row.token_hash for row in db.session.query(Token)]
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_link_for_an_address_resets_no_password(client, make, mails):
    ann = make.member("ann", email=None, pending_email="ann@example.org")
    recovering.change_email(ann, "ann@example.org")
    link = link_in(mails()[0]).replace("/email/", "/password-reset/")
    assert client.post(link, data={"password": OTHER_PASSWORD}).status_code == 410


def test_imported_members_claim_their_account_by_mail(client, make, ask):
    old = make.member("old", email="old@example.org", imported_from="stack-exchange")
    client.post(ask("old@example.org"), data={"password": OTHER_PASSWORD})
    assert client.get(f"/members/{old.id}/old").status_code == 200
    assert client.get("/settings").status_code == 200
    assert make.fresh(old).email_confirmed_at


def test_who_never_confirmed_gets_in_by_the_link_and_owns_the_address(client, make, ask):
    ann = make.member("ann", email=None, pending_email="ann@example.org")
    client.post(ask(), data={"password": OTHER_PASSWORD})
    assert make.fresh(ann).email == "ann@example.org"
    assert not ann.pending_email


def test_five_links_a_day_are_enough_for_an_address(client, ann, in_force):
    answers = [client.post("/password-reset", data=ADDRESS).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]


def test_a_mail_that_is_too_late_is_not_sent(ann, mails, monkeypatch):
    recovering.ask_reset("ann@example.org", "")
    later = now() + timedelta(minutes=61)
    monkeypatch.setattr("community.members.reactions.now", lambda: later)
    assert mails() == []
    assert clock.now() < later


def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told(
    come_in, ann, make, mails, acts
):
    visitor = come_in("ann")
    form = {"email-email": "New@Example.org", "email-current": PASSWORD}
    assert visitor.post("/settings/email", data=form).status_code == 303
    assert make.fresh(ann).email == "ann@example.org"
    [mail] = mails()
    assert mail["To"] == "new@example.org"
    visitor.post(link_in(mail))
    assert make.fresh(ann).email == "new@example.org"
    [mail] = mails()
    assert (mail["To"], mail["Subject"]) == ("ann@example.org", "Your e-mail address was changed")
    assert acts() == ["logged-in", "email-changed"]


def test_of_two_who_wait_for_an_address_the_first_to_confirm_gets_it(client, make, mails):
    ann, ben = make.member("ann", email=None), make.member("ben", email=None)
    links = []
    for member in (ann, ben):
        recovering.change_email(member, "both@example.org")
        links.append(link_in(mails()[0]))
    client.post(links[1])
    client.post(links[0])
    assert make.fresh(ben).email == "both@example.org"
    assert (make.fresh(ann).email, ann.pending_email) == (None, "")
