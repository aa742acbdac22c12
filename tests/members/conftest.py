"""What tests of accounts may ask for by name."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from community.app import create_app
from community.core.audit import Act
from community.core.db import db
from community.members import passwords
from community.site import invitation
from config import Config

PASSWORD = "correct horse battery staple"
OTHER_PASSWORD = "seven green kettles whistle"


@pytest.fixture(scope="session")
def password_hash():
    return passwords.hashed(PASSWORD)


@pytest.fixture
def ann(make, password_hash):
    """A member who can log in."""
    return make.member("ann", password_hash=password_hash)


@pytest.fixture
def come_in(app):
    """Log in through the page, in a browser of one's own: come_in("ann")."""

    def _come_in(name="ann", password=PASSWORD):
        visitor = app.test_client()
        answer = visitor.post("/login", data={"name": name, "password": password})
        assert answer.status_code == 303, answer.text
        return visitor

    return _come_in


@pytest.fixture
def in_force(app, monkeypatch):
    """Let limits hold, which tests are otherwise spared."""
    monkeypatch.setitem(app.config, "RATE_LIMITS", True)


@pytest.fixture
def guarded(app, monkeypatch):
    """Ask for the tokens of forms, which tests are otherwise spared."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def mails(app, run_jobs, tmp_path, monkeypatch):
    """Do the background work and return the mails that were sent by it."""
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")

    def _mails():
        run_jobs()
        files = sorted((tmp_path / "mail").glob("*.eml"))
        found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        for file in files:
            file.unlink()
        return found

    return _mails


@pytest.fixture
def acts():
    """Return the names of what was recorded, oldest first."""
    return lambda: list(db.session.scalars(select(Act.name).order_by(Act.id)))


@pytest.fixture
def real_app(tmp_path):
    """An application on a database in a file, for what several threads do at once."""
    app = create_app(
        Config(
            SECRET_KEY="test" * 8,
            INSTANCE_FOLDER=tmp_path,
            SEARCH_BACKEND="memory",
            RATE_LIMITS=False,
            TESTING=True,
            WTF_CSRF_ENABLED=False,
        )
    )
    app.extensions[invitation.KEY] = True
    with app.app_context():
        db.create_all()
    return app


def link_in(mail):
    """Return the path of the link in a mail."""
    found = re.search(r"http://localhost:8000(/\S+)", mail.get_content())
    return found[1]


def token_of(page):
    """Return the token of the last form on a page."""
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[-1]
