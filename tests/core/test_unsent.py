"""Nothing typed is lost, whatever comes in between."""

import html
import re

import pytest

from community.core.db import db
from community.members import passwords, sessions
from community.members.models import Session
from tests.members.conftest import PASSWORD, token_of

HOME = "http://localhost"
TYPED = {
    "name": "Ann the Second",
    "about": "A long story, typed on a phone.\n\n**Really** long.",
    "website": "https://ann.example",
    "language": "es",
    "time_zone": "Europe/Madrid",
    "theme": "dark",
}


@pytest.fixture(autouse=True)
def _guarded(app, monkeypatch):
    """Ask for the tokens of forms."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def ann(make):
    return make.member("ann", password_hash=passwords.hashed(PASSWORD))


def send(visitor, address, page=None, **fields):
    """Fill in a form as a browser does: with its token, from its page."""
    page = page or address
    token = token_of(visitor.get(page))
    headers = {"Referer": HOME + page, "Origin": HOME}
    return visitor.post(address, data={"csrf_token": token} | fields, headers=headers)


def log_in(visitor, address="/login"):
    return send(visitor, address, name="ann", password=PASSWORD)


def everything_is_there(page):
    text = html.unescape(page.text)
    for name in ("name", "website"):
        assert f'value="{TYPED[name]}"' in text
    assert "Here is your text. It has not been sent yet." in text
    assert TYPED["about"] in text.replace("\r\n", "\n")
    for name in ("language", "time_zone", "theme"):
        assert re.search(rf'<option selected value="{TYPED[name]}"', text), name


def test_a_session_that_ends_while_writing_costs_nothing(client, ann):
    log_in(client)
    token = token_of(client.get("/settings"))
    sessions.revoke(Session.member_id == ann.id)
    answer = client.post(
        "/settings", data=TYPED | {"csrf_token": token}, headers={"Referer": f"{HOME}/settings"}
    )
    assert answer.headers["Location"] == "/login?next=/settings"
    assert "What you wrote is kept." in client.get(answer.headers["Location"]).text
    answer = log_in(client, answer.headers["Location"])
    assert answer.headers["Location"] == "/settings"
    everything_is_there(client.get("/settings"))
    later = client.get("/settings").text
    assert "Ann the Second" not in later
    assert "It has not been sent yet." not in later


def test_registering_in_between_costs_nothing(client):
    client.post("/settings", data=TYPED, headers={"Referer": f"{HOME}/settings"})
    page = client.get("/login?next=/settings").text
    register = html.unescape(re.search(r'href="(/register\?next=[^"]+)"', page)[1])
    new = {"name": "Ann", "handle": "ann", "email": "ann@example.org", "password": PASSWORD}
    assert send(client, register, **new | {"handle": "a"}).status_code == 422
    answer = send(client, register, **new)
    assert answer.headers["Location"] == "/settings"
    everything_is_there(client.get("/settings"))


@pytest.mark.parametrize("token", ["", "nonsense", None])
def test_a_token_that_is_too_old_costs_nothing(client, ann, token):
    log_in(client)
    fields = TYPED if token is None else TYPED | {"csrf_token": token}
    answer = client.post("/settings", data=fields, headers={"Referer": f"{HOME}/settings"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/settings"
    page = client.get("/settings")
    assert "Nothing is lost" in page.text
    everything_is_there(page)
    assert send(client, "/settings", **TYPED).status_code == 303
    assert db.session.get(type(ann), ann.id).name == "Ann the Second"


def test_a_failed_check_costs_nothing(client, ann):
    log_in(client)
    page = send(client, "/settings", **TYPED | {"website": "javascript:alert(1)"})
    assert page.status_code == 422
    assert html.unescape(page.text).replace("\r\n", "\n").count(TYPED["about"]) == 1


def test_a_form_from_the_time_before_the_log_in_is_sent_back(client, ann):
    old = token_of(client.get("/login"))
    log_in(client)
    answer = client.post(
        "/settings", data=TYPED | {"csrf_token": old}, headers={"Referer": f"{HOME}/settings"}
    )
    assert answer.status_code == 303
    everything_is_there(client.get("/settings"))


def test_programs_are_told_in_their_way(client, ann):
    log_in(client)
    answer = client.post("/settings", data=TYPED, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (400, "Expired")
    client.delete_cookie("session")
    answer = client.post("/settings", data=TYPED, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (401, "Unauthorized")


def test_secrets_are_not_kept(client):
    form = {"password-current": "a secret", "password-password": "another", "more": "text"}
    client.post("/settings/password", data=form, headers={"Referer": f"{HOME}/settings/security"})
    with client.session_transaction() as session:
        kept = session["unsent"]
    assert (kept["page"], kept["fields"]) == ("/settings/security", {"more": ["text"]})


def test_what_is_enormous_is_not_kept(client):
    client.post("/settings", data={"about": "x" * 60_001})
    with client.session_transaction() as session:
        assert "unsent" not in session


@pytest.mark.parametrize(
    ("referrer", "page"),
    [
        (f"{HOME}/settings?a=b", "/settings?a=b"),
        ("http://evil.example/settings", "/"),
        (f"{HOME}//evil.example", "/"),
        (f"{HOME}/settings/password", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_to_a_page_of_this_site(client, referrer, page):
    answer = client.post("/settings/password", data=TYPED, headers={"Referer": referrer})
    assert answer.headers["Location"].partition("next=")[2].replace("%3F", "?") in {
        page,
        page.replace("=", "%3D"),
    }


def test_forms_of_other_sites_are_not_kept(client):
    client.post("/settings", data=TYPED, headers={"Origin": "http://evil.example"})
    assert db.session.query(Session).count() == 0
