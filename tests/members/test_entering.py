import threading

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from community.core.audit import Act
from community.core.db import db
from community.members import passwords, queries
from community.members.models import Member
from tests.members.conftest import PASSWORD, link_in

NEW = {"name": "Ann Arbor", "handle": "ann", "email": "ann@example.org", "password": PASSWORD}
WRONG = {"name": "ann", "password": "not the right one"}


def test_who_registers_is_logged_in_and_goes_back_to_the_page(client, acts):
    answer = client.post("/register?next=/tags", data=NEW)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/tags"
    member = queries.by_handle("ann")
    assert (member.name, member.email, member.pending_email) == (
        "Ann Arbor",
        None,
        "ann@example.org",
    )
    assert passwords.matches(PASSWORD, member.password_hash)
    assert client.get("/settings").status_code == 200
    assert acts() == ["registered"]


def test_a_new_member_speaks_the_language_of_the_page(client):
    client.post("/register", data=NEW, headers={"Accept-Language": "es"})
    assert queries.by_handle("ann").language == "es"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Europe/Madrid", "Europe/Madrid"), ("", "UTC"), ("Mars/Olympus", "UTC"), ("../x", "UTC")],
)
def test_a_new_member_has_the_time_zone_of_the_browser(client, said, kept):
    client.post("/register", data=NEW | {"time_zone": said})
    assert queries.by_handle("ann").time_zone == kept


def test_a_wrong_choice_is_told_in_our_words(log_in, make):
    ann = log_in(make.member())
    said = {"name": "Ann", "time_zone": "Mars/Olympus", "theme": "auto"}
    assert "Please choose one of these." in ann.post("/settings", data=said).text
    spanish = ann.post("/settings?lang_ui=es", data=said).text
    assert "Elige una de las opciones." in spanish


def test_the_address_is_confirmed_by_a_button_behind_the_link(client, mails, acts):
    client.post("/register", data=NEW)
    [mail] = mails()
    assert mail["To"] == "ann@example.org"
    assert client.get(link_in(mail)).status_code == 200
    assert queries.by_email("ann@example.org") is None
    assert client.post(link_in(mail)).status_code == 303
    assert queries.by_email("ann@example.org").email_confirmed_at
    assert client.post(link_in(mail)).status_code == 410
    assert acts() == ["registered", "email-changed"]


def test_nobody_learns_whether_an_address_has_an_account(app, make, mails):
    make.member("owner", email="ann@example.org")
    fresh, taken = app.test_client(), app.test_client()
    one = fresh.post("/register", data=NEW | {"email": "free@example.org", "handle": "free"})
    other = taken.post("/register", data=NEW)
    assert (one.status_code, one.text) == (other.status_code, other.text)
    pages = [visitor.get("/settings/security").text for visitor in (fresh, taken)]
    assert pages[0].replace("free", "ann").count("ann@") == pages[1].count("ann@")
    for visitor, name in ((fresh, "free@example.org"), (taken, "ann@example.org")):
        visitor.post("/logout")
        answer = visitor.post("/login", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, name
    told = {mail["To"]: mail["Subject"] for mail in mails()}
    assert told["ann@example.org"] == "You have an account already"
    assert told["free@example.org"] == "Confirm your e-mail address"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Support"),
        ("handle", "admin"),
        ("handle", "b"),
        ("email", "ann"),
        ("email", "ann@example.org\r\nBcc: x@y.z"),
        ("password", "short"),
        ("password", "annarbor12"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(client, field, value):
    page = client.post("/register", data=NEW | {field: value})
    assert "field--wrong" in page.text
    assert queries.by_handle("ann") is None
    kept = {"name": "Ann Arbor", "handle": "ann", "email": "ann@example.org"}
    for name, text in kept.items():
        assert name == field or f'value="{text}"' in page.text
    assert PASSWORD not in page.text


@pytest.mark.parametrize("handle", ["ben", "BEN", "b-en", "b\u0435n"])
def test_a_handle_that_looks_taken_is_refused(client, make, handle):
    make.member("ben")
    page = client.post("/register", data=NEW | {"handle": handle})
    assert page.status_code in {200, 422}
    assert db.session.scalar(select(func.count(Member.id))) == 1


def test_of_sixteen_who_take_a_name_at_once_one_gets_it(real_app):
    start, answers = threading.Barrier(16), []

    def register(number):
        data = NEW | {"email": f"a{number}@example.org", "handle": "ann" if number % 2 else "ANN"}
        visitor = real_app.test_client()
        start.wait()
        answers.append(visitor.post("/register", data=data).status_code)

    threads = [threading.Thread(target=register, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 422}
    with real_app.app_context():
        assert db.session.scalar(select(func.count(Member.id))) == 1


def test_a_member_logs_in_by_handle_or_address(come_in, ann, acts):
    for name in ("ann", "@Ann", " ANN@example.org "):
        come_in(name).post("/logout")
    assert acts() == ["logged-in", "logged-out"] * 3


def test_log_in_gives_a_new_session_and_log_out_ends_it(app, ann):
    visitor = app.test_client()
    visitor.get("/login")
    visitor.post("/login", data={"name": "nobody", "password": "wrong"})
    with visitor.session_transaction() as session:
        session["kept"] = "yes"
    before = visitor.get_cookie("session").value
    visitor.post("/login", data={"name": "ann", "password": PASSWORD})
    after = visitor.get_cookie("session").value
    assert before != after
    visitor.set_cookie("session", before)
    assert visitor.get("/settings").status_code == 303
    visitor.set_cookie("session", after)
    assert visitor.get("/settings").status_code == 200
    visitor.post("/logout")
    visitor.set_cookie("session", after)
    assert visitor.get("/settings").status_code == 303


@pytest.mark.parametrize("name", ["ann", "nobody", "ann@example.org", "nobody@example.org"])
def test_the_answer_to_a_wrong_password_tells_nothing(client, ann, name, acts):
    page = client.post("/login", data={"name": name, "password": "not the right one"})
    assert page.status_code == 422
    assert "The name or the password is not right." in page.text
    assert acts() == ["log-in-failed"]


def test_as_many_passwords_are_compared_for_unknown_names(app, client, ann, monkeypatch):
    compared = []
    matches = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *a: compared.append(a) or matches(*a))
    for name, times in (("ann", 1), ("nobody", 1), ("ann@example.org", 2), ("no@example.org", 2)):
        compared.clear()
        client.post("/login", data={"name": name, "password": "not the right one"})
        assert len(compared) == times, name


def fail_from_elsewhere(app, times):
    for number in range(times):
        there = {"REMOTE_ADDR": f"10.0.0.{number}"}
        app.test_client().post("/login", data=WRONG, environ_base=there)


def test_ten_failures_in_five_minutes_are_enough(app, ann, in_force, acts):
    for number in range(10):
        app.test_client().post(
            "/login", data=WRONG, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}
        )
    visitor = app.test_client()
    refused = visitor.post(
        "/login",
        data={"name": "ANN", "password": PASSWORD},
        environ_base={"REMOTE_ADDR": "10.0.9.9"},
    )
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 301
    assert acts() == ["log-in-failed"] * 10


def test_names_that_nobody_has_are_counted_too(app, in_force):
    data = {"name": "nobody", "password": "not the right one"}
    answers = [
        app.test_client().post("/login", data=data, environ_base={"REMOTE_ADDR": f"10.0.0.{n}"})
        for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_one_address_may_fail_ten_times_whatever_the_names(app, in_force):
    answers = [
        app.test_client().post("/login", data={"name": f"member{n}", "password": "wrong"})
        for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


def test_strangers_cannot_shut_a_member_out_at_home(app, ann, come_in, in_force):
    come_in("ann")
    for number in range(11):
        app.test_client().post(
            "/login", data=WRONG, environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}
        )
    come_in("ann")


def test_log_ins_that_succeed_use_up_no_attempts(come_in, ann, in_force):
    for _ in range(12):
        come_in("ann")


def test_five_accounts_an_hour_come_from_one_address(app, in_force):
    answers = [
        app.test_client().post(
            "/register", data=NEW | {"handle": f"ann-{n}x", "email": f"a{n}@example.org"}
        )
        for n in range(6)
    ]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]


def test_who_is_suspended_comes_in_only_to_the_reasons(client, make, password_hash):
    make.suspended("ann", password_hash=password_hash)
    assert client.post("/login", data={"name": "ann", "password": PASSWORD}).status_code == 303
    assert client.get("/settings").location == client.get("/").location == "/suspended"
    assert "It insults a person." in client.get("/suspended").text
    assert client.post("/logout").status_code == 303


def test_a_weaker_hash_is_renewed_at_log_in(make, come_in):
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    ann = make.member("ann", password_hash=weak)
    come_in("ann")
    assert make.fresh(ann).password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_imported_members_have_no_password_that_fits(client, make):
    make.member("old", password_hash="", imported_from="stack-exchange")
    for password in ("", "x", PASSWORD):
        client.post("/login", data={"name": "old", "password": password})
    assert client.get("/settings").status_code == 303


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "x"],
)
def test_log_in_leads_to_no_other_site(client, ann, address):
    answer = client.post(
        "/login", query_string={"next": address}, data={"name": "ann", "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/"


def test_forms_of_other_sites_are_refused_and_log_nobody_out(come_in, ann):
    visitor = come_in("ann")
    elsewhere = (
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
    )
    for headers in elsewhere:
        answer = visitor.post("/language", data={"language": "es"}, headers=headers)
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers
    # Pages that tell nobody where they are, such as those behind links in mails, send "null".
    secret = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    for headers in ({"Origin": "http://localhost"}, {}, secret):
        answer = visitor.post("/language", data={"language": "es"}, headers=headers)
        assert answer.status_code == 303


def test_the_record_says_where_from(come_in, ann):
    come_in("ann")
    act = db.session.scalars(select(Act)).one()
    assert (act.actor_id, act.subject, act.origin) == (ann.id, f"members:{ann.id}", "127.0.0.1")


@pytest.mark.parametrize("address", ["/login", "/register", "/password-reset"])
def test_a_form_that_lacks_something_comes_back_as_unprocessable(client, address):
    assert client.get(address).status_code == 200
    assert client.post(address, data={}).status_code == 422
