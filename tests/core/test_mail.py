import smtplib
import socket
import threading
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from community.core import mail
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.members.models import Member
from tests.corpora import rows

HEADERS = ("Ann\r\nBcc: eve@example.org", "Ann\nSubject: Win", "=?utf-8?q?Ann?=", "Ann\r\n\r\nHi")


@pytest.fixture
def box(app, tmp_path, monkeypatch):
    """Return the mails that lie in the folder."""
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")

    def _box():
        files = sorted((tmp_path / "mail").glob("*"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    return _box


class Server(threading.Thread):
    """A mail server of few words: it remembers what it hears and says what it is told to."""

    def __init__(self, **answers):
        super().__init__(daemon=True)
        self.answers = {"EHLO": "250 hello", "DATA": "354 go on", "QUIT": "221 bye"} | answers
        self.heard: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.start()

    def run(self):
        connection, _address = self.listener.accept()
        with self.listener, connection, connection.makefile("rwb", buffering=0) as line:
            line.write(b"220 ready\r\n")
            while word := line.readline().decode().strip():
                self.heard.append(word)
                verb = word.partition(" ")[0].upper()
                line.write(f"{self.answers.get(verb, '250 fine')}\r\n".encode())
                if verb == "DATA" and self.answers["DATA"].startswith("354"):
                    while (text := line.readline()) != b".\r\n":
                        self.heard.append(text.decode().rstrip())
                    line.write(b"250 taken\r\n")
                if verb == "QUIT":
                    return


@pytest.fixture
def server(app, monkeypatch):
    """Deliver to a mail server: server(RCPT="550 no")."""

    def _server(**answers):
        made = Server(**answers)
        monkeypatch.setitem(app.config, "MAIL_URL", made.url)
        return made

    return _server


def test_a_mail_is_sent_after_the_commit_and_once(run_jobs, box):
    transaction(mail.send)("ann@example.org", "Hello", "A text.", "<p>A text.</p>")
    assert box() == []
    run_jobs()
    run_jobs()
    [letter] = box()
    assert (letter["To"], letter["Subject"]) == ("ann@example.org", "Hello")
    assert letter["From"] == "forum@localhost"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"]
    assert letter["Message-ID"].endswith("@localhost>")
    plain, rich = (letter.get_body((kind,)).get_content().strip() for kind in ("plain", "html"))
    assert (plain, rich) == ("A text.", "<p>A text.</p>")


def test_a_mail_about_what_did_not_happen_is_not_sent(run_jobs, box):
    @transaction
    def send_and_fail():
        mail.send("ann@example.org", "Hello", "A text.")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        send_and_fail()
    run_jobs()
    assert box() == []


@pytest.mark.parametrize(
    "letter",
    [
        mail.Letter("ann@example.org\r\nBcc: eve@example.org", "Hello", "A text."),
        mail.Letter("ann@example.org", "Hello\r\nBcc: eve@example.org", "A text."),
        mail.Letter("ann@example.org, eve@example.org", "Hello", "A text."),
        mail.Letter("Eve <eve@example.org>", "Hello", "A text."),
        mail.Letter("", "Hello", "A text."),
    ],
)
def test_a_forged_header_sends_nothing(box, letter):
    with pytest.raises((ValueError, IndexError)):
        mail.deliver(letter)
    assert box() == []


def test_names_from_strangers_stay_what_they_are(box):
    hostile = [case["payload"] for case in rows("strings/blns.jsonl")] + list(HEADERS)
    for text in hostile:
        ann = Member(name=text[:60], handle=text[:30])
        values = {"member": ann, "address": "/"}
        letter = mail.written("ann@example.org", "members/password_changed", "en", **values)
        mail.deliver(letter)
    for letter in box():
        assert letter["To"] == "ann@example.org"
        assert {"Bcc", "Cc", "Reply-To"}.isdisjoint(letter.keys())
        assert letter["Subject"] == "Your password was changed"


def test_a_mail_speaks_the_language_of_its_reader(make):
    member = make.member(name="Inés")
    letter = mail.written("a@example.org", "members/confirm", "es", member=member, address="/x")
    assert letter.subject == "Confirma tu correo electrónico"
    assert letter.text.startswith("Hola, Inés:\n")


def test_links_begin_with_the_address_of_the_forum(app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://forum.example.org")
    with app.test_request_context(base_url="http://evil.example"):
        address = mail.link("members.show", member_id=7, handle="ann")
    assert address == "https://forum.example.org/members/7/ann"


def test_the_mail_server_gets_one_recipient(server, run_jobs):
    made = server()
    transaction(mail.send)("ann@example.org", "Grüße", "Ein Text.")
    run_jobs()
    made.join(timeout=5)
    assert [line for line in made.heard if line.upper().startswith("RCPT")] == [
        "rcpt TO:<ann@example.org>"
    ]
    assert db.session.scalars(select(Job)).all() == []


def test_a_server_that_refuses_is_asked_again_later(server, run_jobs, caplog):
    server(RCPT="450 later")
    transaction(mail.send)("ann@example.org", "Hello", "A text.")
    run_jobs()
    waiting = db.session.scalars(select(Job)).one()
    assert (waiting.tries, waiting.parked_at) == (1, None)
    assert "later" in waiting.last_error


def test_a_server_that_is_away_or_silent_costs_seconds_only(app, monkeypatch):
    monkeypatch.setattr(mail, "SECONDS", 0.2)
    silent = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{silent.getsockname()[1]}")
    with silent, pytest.raises((TimeoutError, smtplib.SMTPException)):
        mail.deliver(mail.Letter("ann@example.org", "Hello", "A text."))
    with pytest.raises(OSError, match="refused"):
        mail.deliver(mail.Letter("ann@example.org", "Hello", "A text."))


def test_nothing_is_said_in_the_clear_to_another_machine(server, monkeypatch):
    made = server()
    monkeypatch.setattr(mail, "AT_HOME", set())
    with pytest.raises(smtplib.SMTPNotSupportedError):
        mail.deliver(mail.Letter("ann@example.org", "Hello", "A text."))
    assert not [line for line in made.heard if line.upper().startswith(("MAIL", "AUTH"))]


def test_mails_in_the_folder_are_for_the_owner_alone(app, box):
    mail.deliver(mail.Letter("ann@example.org", "Hello", "A text."))
    assert app.config["MAIL_FOLDER"].stat().st_mode & 0o077 == 0
