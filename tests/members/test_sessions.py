import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from community.core.clock import now
from community.core.db import db, transaction
from community.members import flashes, queries, sessions
from community.members.models import Role, Session
from community.moderation.models.measures import MeasureAct
from config import Config


def rows():
    return db.session.scalar(select(func.count(Session.id)))


@transaction
def age(**moments):
    db.session.execute(update(Session).values(**moments))


def test_guests_who_read_get_no_cookie_and_no_row(client):
    for page in ("/", "/questions", "/tags", "/login/", "/members/1/x"):
        assert "Set-Cookie" not in client.get(page).headers
    assert rows() == 0


def test_pages_depend_on_the_cookie_but_style_and_script_do_not(client, app):
    assert "Cookie" in client.get("/").headers["Vary"]
    version = app.extensions["assets"].version
    assert "Cookie" not in client.get(f"/assets/{version}/style.css").headers["Vary"]


def test_the_cookie_is_for_this_site_and_no_script(client):
    with client.session_transaction() as session:
        session["kept"] = "yes"
    answer = client.post("/login", data={"name": "nobody", "password": "wrong"})
    assert "Set-Cookie" not in answer.headers
    cookie = client.get_cookie("session")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    assert len(cookie.value) >= 43
    assert cookie.value not in {row.token_hash for row in db.session.scalars(select(Session))}


@pytest.mark.parametrize(("url", "secure"), [("https://a.example", True), ("http://a", False)])
def test_behind_tls_the_cookie_is_bound_to_the_host(app, monkeypatch, url, secure):
    monkeypatch.setitem(app.config, "BASE_URL", url)
    answer = app.response_class()
    sessions.StoredSessions()._set_cookie(app, answer, "token")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=" if secure else "session=")
    assert ("Secure" in cookie) is secure
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert Config(SECRET_KEY="x" * 32, BASE_URL=url).SESSION_COOKIE_SECURE is secure


def test_a_cookie_that_nobody_was_given_is_worth_nothing(client, app):
    client.set_cookie("session", "chosen-by-somebody-else")
    with client.session_transaction() as session:
        session["kept"] = "yes"
    assert client.get_cookie("session").value != "chosen-by-somebody-else"


def test_a_suspension_ends_a_session_at_once(come_in, ann, make):
    visitor = come_in("ann")
    make.measured(act=MeasureAct.SUSPEND, member_id=ann.id)
    assert visitor.get("/settings").location.startswith("/login")


@pytest.mark.parametrize(
    ("role", "moments", "lasts"),
    [
        (Role.MEMBER, {"seen_at": timedelta(days=13)}, True),
        (Role.MEMBER, {"seen_at": timedelta(days=15)}, False),
        (Role.MEMBER, {"started_at": timedelta(days=91)}, False),
        (Role.MODERATOR, {"seen_at": timedelta(hours=11)}, True),
        (Role.MODERATOR, {"seen_at": timedelta(hours=13)}, False),
        (Role.ADMIN, {"started_at": timedelta(days=8)}, False),
    ],
)
def test_sessions_end_unused_and_in_any_case(make, come_in, password_hash, role, moments, lasts):
    make.member("ann", password_hash=password_hash, role=role)
    visitor = come_in("ann")
    age(**{column: now() - ago for column, ago in moments.items()})
    assert (visitor.get("/settings").status_code == 200) is lasts


def test_a_clock_that_is_wrong_ends_no_session(come_in, ann, monkeypatch):
    visitor = come_in("ann")
    for skew in (timedelta(minutes=-10), timedelta(minutes=10), timedelta(hours=-1)):
        monkeypatch.setattr(sessions, "now", lambda skew=skew: now() + skew)
        assert visitor.get("/settings").status_code == 200


def test_presence_is_noted_every_five_minutes_and_not_at_every_page(
    come_in, ann, make, count_queries
):
    visitor = come_in("ann")
    visitor.get("/settings")
    with count_queries() as statements:
        visitor.get("/settings")
    assert not [sql for sql in statements if sql.startswith(("UPDATE", "INSERT"))]
    age(seen_at=now() - timedelta(minutes=6))
    before = ann.last_seen_at
    visitor.get("/settings")
    assert queries.by_id(ann.id).last_seen_at > before


def test_two_requests_at_once_keep_what_each_of_them_changed(app, client):
    with client.session_transaction() as session:
        session.update(old="1", gone="1")
    token = client.get_cookie("session").value
    one, other = sessions.StoredSession(token), sessions.StoredSession(token)
    one["a"], other["b"] = "1", "1"
    del other["gone"]
    with app.test_request_context():
        for each in (one, other):
            sessions.keep(each)
    assert db.session.scalars(select(Session.values)).all() == [{"old": "1", "a": "1", "b": "1"}]


def test_a_session_that_was_ended_meanwhile_stays_ended(app, come_in, ann):
    token = come_in("ann").get_cookie("session").value
    late = sessions.StoredSession(token)
    late["flash"] = "saved"
    sessions.revoke(Session.member_id == ann.id)
    with app.test_request_context():
        assert sessions.keep(late) == token
    assert rows() == 0


def test_parallel_requests_of_one_visitor_lose_nothing(real_app):
    with real_app.test_request_context():
        first = sessions.StoredSession()
        first["start"] = 1
        token = sessions.keep(first)

    def write(number):
        with real_app.test_request_context():
            mine = sessions.StoredSession(token)
            mine[f"key{number}"] = number
            sessions.keep(mine)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with real_app.app_context():
        [values] = db.session.scalars(select(Session.values))
    assert set(values) == {"start", *(f"key{number}" for number in range(8))}


def test_old_rows_are_deleted(make, come_in, ann, client):
    come_in("ann")
    with client.session_transaction() as session:
        session["unsent"] = "text"
    age(seen_at=now() - timedelta(days=8))
    sessions.forget_old()
    assert rows() == 1  # The member's; the guest's is gone.
    age(seen_at=now() - timedelta(days=15))
    sessions.forget_old()
    assert rows() == 0


def test_devices_are_named():
    android = "Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0"
    mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/17 Safari/605"
    assert Session(browser=android).device == "Firefox, Android"
    assert Session(browser=mac).device == "Safari, macOS"
    assert Session(browser="").device == ""


def test_a_second_message_is_kept_beside_one_that_nobody_has_read(client):
    with client.session_transaction() as session:
        session["_flashes"] = [("success", "First.")]
    with client.session_transaction() as session:
        session["_flashes"].append(("info", "Second."))
        session["_flashes"] = session["_flashes"]
    page = client.get("/login").text
    assert "First." in page
    assert "Second." in page


def test_what_a_member_is_told_next_is_carried_by_the_browser(come_in, ann, count_queries):
    browser = come_in()
    browser.get("/questions")
    row = db.session.scalars(select(Session)).one()
    values = dict(row.values)
    with browser.session_transaction() as session:
        session["_flashes"] = [("success", "Your answer is online.")]
    cookie = browser.get_cookie("session-says")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert db.session.get(Session, row.id, populate_existing=True).values == values
    with count_queries() as sql:
        page = browser.get("/questions").text
    assert "Your answer is online." in page
    assert not [statement for statement in sql if statement.startswith(("UPDATE", "INSERT"))]
    assert browser.get_cookie("session-says") is None
    assert "Your answer is online." not in browser.get("/questions").text


def test_words_of_another_session_or_of_nobody_are_not_shown(come_in, ann):
    browser = come_in()
    for token in ("another", ""):
        browser.set_cookie("session-says", flashes.packed([("success", "Send money.")], token))
        assert "Send money." not in browser.get("/questions").text
    browser.set_cookie("session-says", "e30.x")
    assert browser.get("/questions").status_code == 200


def test_words_too_long_for_a_cookie_are_kept_in_the_table(come_in, ann):
    browser = come_in()
    with browser.session_transaction() as session:
        session["_flashes"] = [("success", "word " * 2000)]
    assert browser.get_cookie("session-says") is None
    assert "word word" in browser.get("/questions").text
    assert "word word" not in browser.get("/questions").text
