"""The same form sent several times at the very same moment: real processes, a real database."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import func, select

from community.app import create_app
from community.core.db import db
from community.members.models import Session
from community.members.recognition import hashed
from community.questions.models import Question
from config import Config
from tests.factories import Factory, keep

PROCESSES = 3
SENDER = """
import sys
from tests.questions.test_asking_at_once import FORM, forum

client = forum(*sys.argv[1:]).test_client()
client.set_cookie("session", "token")
assert client.get("/questions/new/mug").status_code == 200
print("ready", flush=True)
sys.stdin.readline()
answer = client.post("/questions/new/mug", data=FORM)
print(answer.status_code, answer.location, flush=True)
"""
FORM = {
    "title": "The kettle drips after every use",
    "body": "It boils, and then water drips.",
    "kind": "question",
    "lang": "en",
    "submission_key": "one",
}


def forum(folder, database):
    """Return a forum on a database that others use at the same time."""
    return create_app(
        Config(
            SECRET_KEY="test" * 8,
            INSTANCE_FOLDER=folder,
            DATABASE_URL=database,
            SEARCH_BACKEND="memory",
            RATE_LIMITS=False,
            TESTING=True,
            WTF_CSRF_ENABLED=False,
        )
    )


@pytest.fixture
def place(tmp_path, own_database):
    """A folder and a database with a forum, a member who is logged in, and a product."""
    with forum(tmp_path, own_database).app_context():
        db.create_all()
        make = Factory()
        make.admin("root")
        make.product("Mug")
        ann = make.member("ann")
        values = {"_user_id": str(ann.id), "_fresh": True}
        keep(Session(token_hash=hashed("token"), member_id=ann.id, values=values))
        db.session.remove()
        db.engine.dispose()
    return str(tmp_path), own_database


def start(place):
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, *place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_form_that_is_sent_three_times_at_once_makes_one_question(place):
    senders = [start(place) for _ in range(PROCESSES)]
    assert [sender.stdout.readline() for sender in senders] == ["ready\n"] * PROCESSES
    for sender in senders:
        sender.stdin.write("go\n")
        sender.stdin.flush()
    answers = {sender.communicate(timeout=60)[0] for sender in senders}
    assert len(answers) == 1
    assert answers.pop().startswith("303 /questions/")
    with forum(*place).app_context():
        assert db.session.scalar(select(func.count(Question.id))) == 1
        db.session.remove()
        db.engine.dispose()
